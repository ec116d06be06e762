// OAuthApp, OAuthLink and OAuthChoice: as what a network's server knows Crier, links to networks that were given out and not used yet, and
// what a login led to while the person chooses.
import { defineEntity, p } from '@mikro-orm/core';
import { CHATS } from '../../core/workspace.ts';
import { InstantType } from '../types.ts';
import { MemberEntity, WorkspaceEntity } from './workspace.ts';

export const OAuthAppEntity = defineEntity({
  name: 'OAuthApp',
  tableName: 'oauth_app',
  properties: {
    platform: p.text().primary(),
    service: p.text().primary(),
    redirectUri: p.text().primary(),
    /** Client id and secret, bound to `oauth-app/platform/service`. */
    sealed: p.text(),
    createdAt: p.type(InstantType).$type<Temporal.Instant>(),
  },
});

export const OAuthLinkEntity = defineEntity({
  name: 'OAuthLink',
  tableName: 'oauth_link',
  properties: {
    /** SHA-256 of what stands in the link, and of the state that the network sends back. */
    tokenHash: p.text().primary(),
    stateHash: p.text(),
    workspaceId: () => p.manyToOne(WorkspaceEntity).mapToPk().fieldName('workspace_id'),
    memberId: () => p.manyToOne(MemberEntity).mapToPk().fieldName('member_id'),
    platform: p.text(),
    service: p.text(),
    redirectUri: p.text(),
    originChat: p.enum(CHATS),
    originChannel: p.text(),
    originMessage: p.text().strictNullable(),
    /** State, PKCE verifier and app, bound to the token's hash. */
    sealed: p.text(),
    expiresAt: p.type(InstantType).$type<Temporal.Instant>(),
  },
  uniques: [{ name: 'oauth_link_state', properties: ['stateHash'] }],
  indexes: [{ name: 'oauth_link_expiry', properties: ['expiresAt'] }],
});

export const OAuthChoiceEntity = defineEntity({
  name: 'OAuthChoice',
  tableName: 'oauth_choice',
  properties: {
    /** SHA-256 of what the page's form has in its address. */
    tokenHash: p.text().primary(),
    workspaceId: () => p.manyToOne(WorkspaceEntity).mapToPk().fieldName('workspace_id'),
    memberId: () => p.manyToOne(MemberEntity).mapToPk().fieldName('member_id'),
    platform: p.text(),
    originChat: p.enum(CHATS),
    originChannel: p.text(),
    originMessage: p.text().strictNullable(),
    /** The accounts with their credentials, bound to the token's hash. */
    sealed: p.text(),
    expiresAt: p.type(InstantType).$type<Temporal.Instant>(),
  },
  indexes: [{ name: 'oauth_choice_expiry', properties: ['expiresAt'] }],
});
