// What was handed over to the emulated TikTok and how far it is with that, by publish_id.
// https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status (checked 2026-11-22).
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { EmulatorApp } from '../network.ts';
import { timestamp } from '../timestamp.ts';
import { type Gate, ok, readJson, TikTokError } from './api.ts';
import type { Task, TikTokState } from './state.ts';

/** What the routes of this network work with. */
export interface Publishing {
  app: EmulatorApp;
  state: TikTokState;
  gate: Gate;
  clock: Clock;
  baseUrl: () => string;
}

export const fresh = (clock: Clock) => ({
  createdAt: timestamp(clock),
  size: 0,
  postedAt: null,
  postId: null,
  failReason: null,
  files: [],
});

/** TikTok has all of it, and it is as TikTok wants it: it is a post, or a draft in the inbox. */
export function finish({ tasks, looks, nextId }: TikTokState, task: Task, clock: Clock): void {
  tasks.put({ ...task, postedAt: timestamp(clock), postId: task.isForInbox ? null : nextId() });
  looks.set(task.id, 0);
}

const Asked = z.object({ publish_id: z.string() });

export function mountStatus({ app, state, gate }: Publishing): void {
  app.post('/v2/post/publish/status/fetch/', async (c) => {
    const account = gate.enter(c, 'status/fetch', ['video.publish', 'video.upload']);
    const { publish_id } = await readJson(c, Asked);
    const task = state.tasks.get(publish_id);
    if (!task) throw new TikTokError(400, 'invalid_publish_id', 'The publish_id does not exist.');
    if (task.accountId !== account.id)
      throw new TikTokError(400, 'token_not_authorized_for_specified_publish_id', 'The publish_id belongs to another account.');
    // ids are numbers (list<int64>), larger than JSON.stringify can write
    const text = JSON.stringify(ok(statusOf(state, task))).replace(/"(\d{19})"/g, '$1');
    return c.body(text, 200, { 'content-type': 'application/json; charset=utf-8' });
  });
}

/** The first question finds it at work; the id of a public post is told from the third one on, as if it had been looked through by then. */
function statusOf({ uploads, looks }: TikTokState, task: Task) {
  const { id, kind, files, size, privacy, postId, postedAt, failReason, isForInbox } = task;
  const isWhole = postedAt !== null || failReason !== null;
  const received = [...uploads.values()].find(({ taskId }) => taskId === id)?.received ?? 0;
  const told = kind === 'photos' ? { downloaded_bytes: sizeOf(files) } : { uploaded_bytes: isWhole ? size : received };
  const working = { status: kind === 'photos' ? 'PROCESSING_DOWNLOAD' : 'PROCESSING_UPLOAD', ...told };
  if (!isWhole) return working;
  const look = (looks.get(id) ?? 2) + 1;
  looks.set(id, look);
  if (look === 1) return working;
  if (failReason !== null) return { status: 'FAILED', fail_reason: failReason, publicaly_available_post_id: [], ...told };
  if (isForInbox) return { status: 'SEND_TO_USER_INBOX', publicaly_available_post_id: [], ...told };
  const isTold = privacy === 'PUBLIC_TO_EVERYONE' && look > 2;
  return { status: 'PUBLISH_COMPLETE', publicaly_available_post_id: isTold ? [postId] : [], ...told };
}

const sizeOf = (files: Task['files']): number => files.reduce((sum, { size }) => sum + size, 0);
