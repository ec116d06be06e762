// What Slack documents of blocks, messages and views, as a check of what is rendered. Written from Slack's pages and not from limits.ts,
// so that a wrong number there is found here. Every rule names its page; all were read 2026-11-22.
import { z } from 'zod';

const DOCS = 'https://docs.slack.dev/reference';

const text = (max: number, page: string) =>
  z
    .string()
    .min(1, `${DOCS}/${page}: text is needed`)
    .max(max, `${DOCS}/${page}: at most ${max} characters`)
    .refine((value) => value.trim() !== '', `${DOCS}/${page}: text is needed`)
    .refine((value) => value.isWellFormed(), 'JSON holds whole characters');

const TEXT_PAGE = 'block-kit/composition-objects/text-object';
const plain = (max: number, page: string) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(Math.min(max, 3000), page), emoji: z.boolean().optional() });
const mrkdwn = (max: number, page: string) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: text(Math.min(max, 3000), page), verbatim: z.boolean().optional() });
const textObject = (max = 3000, page = TEXT_PAGE) => z.discriminatedUnion('type', [plain(max, page), mrkdwn(max, page)]);

const id = z.string().min(1).max(255, `${DOCS}/block-kit/blocks: block_id and action_id have at most 255 characters`);
const blockId = { block_id: id.optional() };

const CONFIRM = 'block-kit/composition-objects/confirmation-dialog-object';
const confirm = z.strictObject({
  title: plain(100, CONFIRM),
  text: textObject(300, CONFIRM),
  confirm: plain(30, CONFIRM),
  deny: plain(30, CONFIRM),
  style: z.enum(['primary', 'danger']).optional(),
});

const BUTTON = 'block-kit/block-elements/button-element';
const button = z.strictObject({
  type: z.literal('button'),
  text: plain(75, BUTTON),
  action_id: id,
  value: z.string().min(1).max(2000, `${DOCS}/${BUTTON}: a value has at most 2000 characters`),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
});

const CONTEXT = 'block-kit/blocks/context-block';
const context = z.strictObject({
  type: z.literal('context'),
  elements: z.array(textObject()).min(1).max(10, `${DOCS}/${CONTEXT}: at most 10 elements`),
  ...blockId,
});

const header = z.strictObject({ type: z.literal('header'), text: plain(150, 'block-kit/blocks/header-block'), ...blockId });
const divider = z.strictObject({ type: z.literal('divider'), ...blockId });

const SECTION = 'block-kit/blocks/section-block';
const section = z
  .strictObject({
    type: z.literal('section'),
    text: textObject(3000, SECTION).optional(),
    fields: z.array(textObject(2000, SECTION)).min(1).max(10, `${DOCS}/${SECTION}: at most 10 fields`).optional(),
    ...blockId,
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, `${DOCS}/${SECTION}: text or fields are needed`);

const style = { style: z.strictObject({ bold: z.boolean(), code: z.boolean(), italic: z.boolean() }).partial().optional() };
const spoken = z
  .string()
  .min(1)
  .refine((value) => value.isWellFormed(), 'JSON holds whole characters');

// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block and the pages of its elements
const richElement = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: spoken, ...style }),
  z.strictObject({
    type: z.literal('link'),
    url: z
      .string()
      .regex(/^(?:https?:\/\/|mailto:)\S+$/i)
      .max(3000),
    text: spoken.optional(),
    ...style,
  }),
  z.strictObject({ type: z.literal('user'), user_id: z.string().regex(/^[UW][A-Z0-9]+$/), ...style }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: z.string().regex(/^S[A-Z0-9]+$/), ...style }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: z.string().regex(/\{[a-z_]+\}/),
    fallback: spoken.optional(),
    ...style,
  }),
]);
/** Of letters of one width: texts and links alone. @slack/types 3.2, RichTextPreformatted */
const preformatted = z.strictObject({
  type: z.literal('rich_text_preformatted'),
  elements: z.array(z.strictObject({ type: z.literal('text'), text: spoken, ...style })).min(1),
});
const flowing = z.strictObject({
  type: z.enum(['rich_text_section', 'rich_text_quote']),
  elements: z.array(richElement).min(1),
});
const richText = z.strictObject({
  type: z.literal('rich_text'),
  elements: z.array(z.union([flowing, preformatted])).min(1),
  ...blockId,
});

// https://docs.slack.dev/reference/block-kit/blocks/table-block (read 2026-11-23)
const TABLE = 'block-kit/blocks/table-block';
const cell = z.union([z.strictObject({ type: z.literal('raw_text'), text: spoken }), richText]);
const table = z
  .strictObject({
    type: z.literal('table'),
    rows: z
      .array(z.array(cell).min(1).max(20, `${DOCS}/${TABLE}: at most 20 cells`))
      .min(1)
      .max(100, `${DOCS}/${TABLE}: at most 100 rows`),
    column_settings: z
      .array(z.strictObject({ align: z.enum(['left', 'center', 'right']), is_wrapped: z.boolean() }).partial())
      .max(20)
      .optional(),
    ...blockId,
  })
  .refine(({ rows }) => new Set(rows.map(({ length }) => length)).size === 1, 'all rows have as many cells');

// https://docs.slack.dev/reference/block-kit/blocks/image-block (read 2026-11-23); the form of the id is from Slack's own refusals
const IMAGE = 'block-kit/blocks/image-block';
const image = z.strictObject({
  type: z.literal('image'),
  slack_file: z.strictObject({ id: z.string().regex(/^F[A-Z0-9]{8,}$/) }),
  alt_text: text(2000, IMAGE),
  ...blockId,
});

const OPTION = 'block-kit/composition-objects/option-object';
const option = z.strictObject({
  text: plain(75, OPTION),
  value: z.string().min(1).max(75, `${DOCS}/${OPTION}: a value has at most 75 characters`),
});
const GROUP = 'block-kit/composition-objects/option-group-object';
const group = z.strictObject({ label: plain(75, GROUP), options: z.array(option).min(1).max(100) });

const SELECT = 'block-kit/block-elements/multi-select-menu-element';
interface Menu {
  options?: unknown[] | undefined;
  option_groups?: { options: unknown[] }[] | undefined;
}
const menu = {
  options: z.array(option).min(1).max(100, `${DOCS}/${SELECT}: at most 100 options`).optional(),
  option_groups: z.array(group).min(1).max(100, `${DOCS}/${SELECT}: at most 100 groups`).optional(),
};
const optionsIn = ({ options = [], option_groups = [] }: Menu): string[] =>
  [...options, ...option_groups.flatMap((each) => each.options)].map((each) => JSON.stringify(each));
const isOneKind = (element: Menu): boolean => (element.options === undefined) !== (element.option_groups === undefined);
const offers = (element: Menu, initial: readonly unknown[]): boolean =>
  initial.every((each) => optionsIn(element).includes(JSON.stringify(each)));
const isDistinct = (element: Menu): boolean => new Set(optionsIn(element)).size === optionsIn(element).length;

const select = z
  .strictObject({
    type: z.literal('static_select'),
    action_id: id,
    placeholder: plain(150, SELECT),
    options: z
      .array(
        z.strictObject({
          text: plain(75, OPTION),
          value: z.string().min(1).max(150, `${DOCS}/${OPTION}: a value has at most 150 characters (read 2026-11-23)`),
        }),
      )
      .min(1)
      .max(100, `${DOCS}/${SELECT}: at most 100 options`),
  })
  .refine(({ options }) => new Set(options.map(({ value }) => value)).size === options.length, 'values differ');

const ACTIONS = 'block-kit/blocks/actions-block';
const actions = z.strictObject({
  type: z.literal('actions'),
  elements: z
    .array(z.union([button, select]))
    .min(1)
    .max(25, `${DOCS}/${ACTIONS}: at most 25 elements`),
  ...blockId,
});

const INPUT_TEXT = 'block-kit/block-elements/plain-text-input-element';
const live = z.strictObject({ trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1) });

const element = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('plain_text_input'),
    action_id: id,
    multiline: z.boolean().optional(),
    initial_value: z.string().min(1).max(3000, `${DOCS}/${INPUT_TEXT}: at most 3000 characters`).optional(),
    dispatch_action_config: live.optional(),
  }),
  z.strictObject({
    type: z.literal('datetimepicker'),
    action_id: id,
    initial_date_time: z.int().min(1_000_000_000, 'ten digits').max(9_999_999_999, 'ten digits').optional(),
  }),
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      action_id: id,
      placeholder: plain(150, SELECT).optional(),
      initial_options: z.array(option).min(1).optional(),
      ...menu,
    })
    .refine(isOneKind, `${DOCS}/${SELECT}: options or option_groups`)
    .refine(isDistinct, 'options differ')
    .refine((each) => offers(each, each.initial_options ?? []), `${DOCS}/${SELECT}: initial_options are among the options`),
  z
    .strictObject({ type: z.literal('static_select'), action_id: id, initial_option: option.optional(), ...menu })
    .refine(isOneKind, `${DOCS}/${SELECT}: options or option_groups`)
    .refine(isDistinct, 'options differ')
    .refine((each) => offers(each, each.initial_option ? [each.initial_option] : []), 'initial_option is among the options'),
  z
    .strictObject({
      type: z.literal('radio_buttons'),
      action_id: id,
      options: z.array(option).min(1).max(10, `${DOCS}/block-kit/block-elements/radio-button-group-element: at most 10`),
      initial_option: option.optional(),
    })
    .refine(isDistinct, 'options differ')
    .refine((each) => offers(each, each.initial_option ? [each.initial_option] : []), 'initial_option is among the options'),
  z.strictObject({
    type: z.literal('file_input'),
    action_id: id,
    filetypes: z.array(z.string()).min(1),
    max_files: z.int().min(1).max(10, `${DOCS}/block-kit/block-elements/file-input-element: at most 10`),
  }),
]);

const INPUT = 'block-kit/blocks/input-block';
const input = z.strictObject({
  type: z.literal('input'),
  block_id: id,
  label: plain(2000, INPUT),
  hint: plain(2000, INPUT).optional(),
  element,
  optional: z.boolean(),
  dispatch_action: z.boolean().optional(),
});

const shown = [actions, context, header, divider, section, richText] as const;
const messageBlock = z.discriminatedUnion('type', [...shown, table, image]);
const viewBlock = z.discriminatedUnion('type', [...shown, input]);

interface WithIds {
  block_id?: string | undefined;
  elements?: readonly object[] | undefined;
}
const actionIds = (blocks: readonly WithIds[]): string[] =>
  blocks.flatMap(({ elements = [] }) => elements.flatMap((each) => ('action_id' in each ? [String(each.action_id)] : [])));
const areDistinct = (all: readonly string[]): boolean => new Set(all).size === all.length;
const haveOwnIds = (blocks: readonly WithIds[]): boolean =>
  areDistinct(actionIds(blocks)) && areDistinct(blocks.flatMap(({ block_id }) => block_id ?? []));

const PAGE = 'block-kit/blocks';
const message = z
  .strictObject({
    // https://docs.slack.dev/reference/methods/chat.postMessage: 4,000 characters at best
    text: text(4000, 'methods/chat.postMessage'),
    blocks: z.array(messageBlock).min(1).max(50, `${DOCS}/${PAGE}: at most 50 blocks in a message`),
  })
  .refine(({ blocks }) => haveOwnIds(blocks), `${DOCS}/${PAGE}: ids differ within a message`)
  // Slack's own guide, https://github.com/slackapi/slack-skills-plugin (read 2026-11-23): only_one_table_allowed
  .refine(({ blocks }) => blocks.filter(({ type }) => type === 'table').length <= 1, `${DOCS}/${TABLE}: one table a message`)
  // https://github.com/slackapi/bolt-js/issues/2509 and 2867: msg_blocks_too_long, somewhere above 11,000 characters
  .refine(({ blocks }) => JSON.stringify(blocks).length <= 11_000, 'msg_blocks_too_long');

const VIEW = 'views/modal-views';
const blocks = z
  .array(viewBlock)
  .min(1)
  .max(100, `${DOCS}/${VIEW}: at most 100 blocks`)
  .refine((all) => haveOwnIds(all), 'ids differ within a view');
const modal = z
  .strictObject({
    type: z.literal('modal'),
    callback_id: id,
    title: plain(24, VIEW),
    submit: plain(24, VIEW).optional(),
    close: plain(24, VIEW).optional(),
    private_metadata: z.string().max(3000, `${DOCS}/${VIEW}: private_metadata has at most 3000 characters`).optional(),
    blocks,
  })
  .refine(
    (view) => view.submit !== undefined || view.blocks.every(({ type }) => type !== 'input'),
    `${DOCS}/${VIEW}: submit is needed`,
  );
const home = z.strictObject({ type: z.literal('home'), blocks });

const problems = ({ error }: z.ZodSafeParseResult<unknown>): string[] =>
  error === undefined ? [] : error.issues.map(({ path, message: said }) => `${path.join('.')}: ${said}`);

/** What Slack would refuse of a message; none where it takes it. */
export const problemsOfMessage = (rendered: unknown): string[] => problems(message.safeParse(rendered));

/** What Slack would refuse of a modal or App Home. */
export const problemsOfView = (rendered: unknown): string[] =>
  problems(z.discriminatedUnion('type', [modal, home]).safeParse(rendered));
