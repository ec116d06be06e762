// What the test Slack remembers: the calls made to it, and messages and views as a person sees them.
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { isObject, type Json } from './wire.ts';

export interface ApiCall {
  method: string;
  /** Null where the call came without a token that Slack knows. */
  teamId: string | null;
  /** With the JSON in it read: `args.blocks` is an array. */
  args: Json;
  /** Slack's answer; `{}` where the connection was cut. */
  answer: Json;
  ok: boolean;
  status: number;
  at: Temporal.Instant;
}

const blocks = z.array(z.custom<KnownBlock>(isObject)).default([]);

const messageSchema = z.looseObject({
  ts: z.string(),
  text: z.string().default(''),
  user: z.string().optional(),
  thread_ts: z.string().optional(),
  blocks,
  files: z.array(z.record(z.string(), z.unknown())).default([]),
});

/** A message in a channel as it is now, or as it was when the test took it: a press on an old one is a press on an old card. */
export type SlackMessage = z.infer<typeof messageSchema> & { teamId: string; channel: string };

export function readMessage(teamId: string, channel: string, message: unknown): SlackMessage {
  return { ...messageSchema.parse(message), teamId, channel };
}

/** A message only one person sees, by chat.postEphemeral or by a response_url. */
export interface Whisper {
  teamId: string;
  channel: string;
  userId: string;
  ts: string;
  threadTs: string | null;
  text: string;
  blocks: KnownBlock[];
  /** Told by a response_url where there is one. */
  via: 'chat.postEphemeral' | 'response_url';
}

export function whisperOf(from: Omit<Whisper, 'text' | 'blocks' | 'threadTs'>, args: Json): Whisper {
  const read = z.looseObject({ text: z.string().default(''), blocks, thread_ts: z.string().optional() }).parse(args);
  return { ...from, text: read.text, blocks: read.blocks, threadTs: read.thread_ts ?? null };
}

const viewSchema = z.looseObject({
  id: z.string(),
  type: z.enum(['modal', 'home']),
  hash: z.string(),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  title: z.looseObject({ text: z.string() }).nullish(),
  submit: z.looseObject({ text: z.string() }).nullish(),
  root_view_id: z.string(),
  previous_view_id: z.string().nullish(),
  blocks,
});

/** A modal or App Home as it is shown; `typed` is what the person put in, by block_id and action_id. */
export type ShownView = z.infer<typeof viewSchema> & { teamId: string; userId: string; typed: ViewState };
export type ViewState = Record<string, Record<string, Json>>;

export function readView(view: unknown): z.infer<typeof viewSchema> {
  return viewSchema.parse(view);
}
