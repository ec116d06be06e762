// The bodies a bot may send, as zod schemas: the shape only. What Discord further asks of them is in component-checks.ts and the routes.
import * as z from 'zod';
import { openProblems } from './refusals.ts';

export interface Option {
  label: string;
  value: string;
  description?: string | null | undefined;
  default?: boolean | null | undefined;
}
export interface Media {
  url: string;
}
/** A component of a message or modal, whichever kind. */
export interface Component {
  type: number;
  id?: number | null | undefined;
  custom_id?: string | null | undefined;
  style?: number | null | undefined;
  label?: string | null | undefined;
  url?: string | null | undefined;
  disabled?: boolean | null | undefined;
  content?: string | null | undefined;
  description?: string | null | undefined;
  placeholder?: string | null | undefined;
  value?: string | null | undefined;
  required?: boolean | null | undefined;
  min_values?: number | null | undefined;
  max_values?: number | null | undefined;
  min_length?: number | null | undefined;
  max_length?: number | null | undefined;
  options?: Option[] | null | undefined;
  components?: Component[] | null | undefined;
  component?: Component | null | undefined;
  accessory?: Component | null | undefined;
  items?: { media: Media; description?: string | null | undefined }[] | null | undefined;
  media?: Media | null | undefined;
  file?: Media | null | undefined;
  [other: string]: unknown;
}

const media = z.looseObject({ url: z.string() });
const text = z.string().nullish();
const whole = z.number().int().nullish();
const component: z.ZodType<Component> = z.lazy(() =>
  z.looseObject({
    type: z.number().int(),
    id: whole,
    custom_id: text,
    style: whole,
    label: text,
    url: text,
    disabled: z.boolean().nullish(),
    content: text,
    description: text,
    placeholder: text,
    value: text,
    required: z.boolean().nullish(),
    min_values: whole,
    max_values: whole,
    min_length: whole,
    max_length: whole,
    options: z
      .array(z.looseObject({ label: z.string(), value: z.string(), description: text, default: z.boolean().nullish() }))
      .nullish(),
    components: z.array(component).nullish(),
    component: component.nullish(),
    accessory: component.nullish(),
    items: z.array(z.looseObject({ media, description: text })).nullish(),
    media: media.nullish(),
    file: media.nullish(),
  }),
);

export const MessageBody = z.looseObject({
  content: text,
  embeds: z.array(z.record(z.string(), z.unknown())).nullish(),
  components: z.array(component).nullish(),
  flags: whole,
  nonce: z.union([z.string(), z.number()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  sticker_ids: z.array(z.string()).nullish(),
  poll: z.record(z.string(), z.unknown()).nullish(),
  attachments: z.array(z.looseObject({ id: z.coerce.string(), filename: text, description: text })).nullish(),
  message_reference: z.looseObject({ message_id: z.string().optional(), fail_if_not_exists: z.boolean().nullish() }).nullish(),
  allowed_mentions: z
    .looseObject({
      parse: z.array(z.enum(['roles', 'users', 'everyone'])).optional(),
      users: z.array(z.string()).optional(),
      roles: z.array(z.string()).optional(),
    })
    .nullish(),
});
export type MessageBody = z.infer<typeof MessageBody>;

export const CallbackBody = z.object({ type: z.number().int(), data: z.unknown().optional() });
export const ModalBody = z.object({ custom_id: z.string(), title: z.string(), components: z.array(component) });
export type ModalBody = z.infer<typeof ModalBody>;
export const ChoicesBody = z.object({
  choices: z.array(z.looseObject({ name: z.string(), value: z.union([z.string(), z.number()]) })),
});
export type Choice = z.infer<typeof ChoicesBody>['choices'][number];

/** Refuses with 50035 what does not have the shape; `at` is the prefix Discord puts before every path. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown, at: readonly string[] = []): T {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  const problems = openProblems();
  for (const issue of read.error.issues) {
    const path = [...at, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
    const missing = issue.code === 'invalid_type' && issue.message.includes('received undefined');
    if (missing) problems.note(path, 'BASE_TYPE_REQUIRED', 'This field is required');
    else problems.note(path, 'BASE_TYPE_BAD_TYPE', issue.message);
  }
  problems.throwIfAny();
  throw read.error;
}
