// A message as the API shows it, and as it is kept: files whole, addresses signed only when it is shown.
import type { APIAttachment, APIUser } from 'discord.js';
import type { Component } from './bodies.ts';
import type { StoredFile } from './files.ts';
import type { WireChannel } from './wire.ts';

/** A message as the API shows it. */
export interface Message {
  id: string;
  channel_id: string;
  guild_id?: string;
  type: number;
  author: APIUser;
  application_id?: string;
  webhook_id?: string;
  content: string;
  timestamp: string;
  edited_timestamp: string | null;
  tts: false;
  pinned: false;
  mention_everyone: false;
  mentions: APIUser[];
  mention_roles: string[];
  attachments: APIAttachment[];
  embeds: Record<string, unknown>[];
  components: Component[];
  flags: number;
  nonce?: string | number;
  /** Of type 1 for a message that is forwarded, else 0. */
  message_reference?: { type: 0 | 1; channel_id: string; message_id: string; guild_id?: string };
  interaction_metadata?: Record<string, unknown>;
  thread?: WireChannel;
  referenced_message?: Message | null;
}
export type KeptMessage = Omit<Message, 'attachments' | 'thread' | 'referenced_message'> & {
  files: StoredFile[];
  /** The only person who sees it. */
  seenBy: string | null;
};

/** `attachment://` addresses become those of the CDN, as the API answers them. */
export function withAddresses(components: readonly Component[], attachments: readonly APIAttachment[]): Component[] {
  const resolve = (url: string): object => {
    const file = attachments.find((each) => url === `attachment://${each.filename}`);
    if (!file) return { url };
    const { url: address, proxy_url, width, height, content_type } = file;
    return { url: address, proxy_url, width, height, content_type, attachment_id: file.id };
  };
  const read = JSON.stringify(components, (key, value: unknown) => {
    const media = (key === 'media' || key === 'file') && typeof value === 'object' && value !== null && 'url' in value;
    return media && typeof value.url === 'string' && value.url.startsWith('attachment://')
      ? { ...value, ...resolve(value.url) }
      : value;
  });
  const copy: Component[] = JSON.parse(read);
  return copy;
}

/** A message with what people wrote taken out, as apps without the message content intent get it. */
export const withoutContent = <T extends object>(message: T): T => ({
  ...message,
  content: '',
  embeds: [],
  attachments: [],
  components: [],
});
