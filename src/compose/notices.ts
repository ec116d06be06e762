// Notices of logins, put together: each chat of this process tells them to one person, for their eyes.
import { renderNotice } from '../bots/notices.ts';
import type { SayingChat } from '../bots/saying-chat.ts';
import type { Platforms } from '../core/ports.ts';
import type { NoticeTeller } from '../core/usecases/tell-notices.ts';

/**
 * By direct message where the chat has that: a person's own id is taken for such a channel. What only they can see in a channel of others
 * is gone where they are not looking just then.
 */
export const noticeTellers = (chats: readonly SayingChat[], platforms: Platforms): NoticeTeller[] =>
  chats.map(({ name, sayTo }) => ({
    name,
    tell: (to, notice) => {
      const { userId } = to.member;
      return sayTo({ teamId: to.workspace.teamId, userId, channel: userId }, renderNotice(notice, to, platforms));
    },
  }));
