// What Discord documents of components, messages, modals and application commands, as a check of what is rendered. Written from
// Discord's pages and not from limits.ts, so that a wrong number there is found here. Every rule names its page; all were read 2026-11-22.
import { z } from 'zod';

const REFERENCE = 'https://docs.discord.com/developers/components/reference';
const COMMANDS = 'https://docs.discord.com/developers/interactions/application-commands';
const MODAL = 'https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal';

const text = (max: number, page: string) =>
  z
    .string()
    .max(max, `${page}: at most ${max} characters`)
    .refine((value) => value.trim() !== '', `${page}: text is needed`)
    .refine((value) => value.isWellFormed(), 'JSON holds whole characters');

const ID_PAGE = `${REFERENCE}#anatomy-of-a-component-custom-id`;
const customId = z.string().min(1, `${ID_PAGE}: at least 1`).max(100, `${ID_PAGE}: at most 100`);

const BUTTON = `${REFERENCE}#button`;
const button = z.strictObject({
  type: z.literal(2),
  style: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  label: text(80, BUTTON),
  custom_id: customId,
});

const SELECT = `${REFERENCE}#string-select`;
const option = z.strictObject({
  label: text(100, SELECT),
  value: z.string().min(1).max(100, `${SELECT}: a value has at most 100 characters`),
  description: text(100, SELECT).optional(),
  default: z.boolean().optional(),
});
const options = z
  .array(option)
  .min(1)
  .max(25, `${SELECT}: at most 25 options`)
  .refine((all) => new Set(all.map(({ value }) => value)).size === all.length, 'values differ');
const select = z
  .strictObject({
    type: z.literal(3),
    custom_id: customId,
    placeholder: text(150, SELECT).optional(),
    options,
    min_values: z.number().int().min(0).max(25).optional(),
    max_values: z.number().int().min(1).max(25).optional(),
    required: z.boolean().optional(),
  })
  .refine(({ required, min_values }) => required === false || min_values !== 0, `${SELECT}: min_values of what is required`)
  .refine(({ max_values = 1, options: all }) => max_values <= all.length, 'no more can be chosen than there are')
  .refine(
    ({ max_values = 1, options: all }) => all.filter((each) => each.default === true).length <= max_values,
    'no more are chosen at first than can be',
  );

const ROW = `${REFERENCE}#action-row`;
const row = z.strictObject({
  type: z.literal(1),
  components: z.union([
    z.array(button).min(1).max(5, `${ROW}: up to 5 buttons`),
    z.array(select).length(1, `${ROW}: a single select`),
  ]),
});

const textDisplay = z.strictObject({ type: z.literal(10), content: text(4000, `${REFERENCE}#text-display`) });
const section = z.strictObject({
  type: z.literal(9),
  components: z.array(textDisplay).min(1).max(3, `${REFERENCE}#section: one to three`),
  accessory: button,
});
const separator = z.strictObject({ type: z.literal(14), divider: z.boolean().optional(), spacing: z.number().optional() });
const GALLERY = `${REFERENCE}#media-gallery`;
const media = z.strictObject({ url: z.string().regex(/^attachment:\/\/[\w.-]+$/) });
const gallery = z.strictObject({
  type: z.literal(12),
  items: z
    .array(z.strictObject({ media, description: text(1024, GALLERY).optional() }))
    .min(1)
    .max(10, `${GALLERY}: 1 to 10`),
});
const file = z.strictObject({ type: z.literal(13), file: media });
const container = z.strictObject({
  type: z.literal(17),
  accent_color: z.number().int().min(0).max(0xffffff).optional(),
  components: z.array(z.discriminatedUnion('type', [row, textDisplay, section, separator, gallery, file])).min(1),
});

const message = z.strictObject({
  // https://docs.discord.com/developers/resources/message#message-object-message-flags: IS_COMPONENTS_V2
  flags: z.literal(1 << 15),
  // https://docs.discord.com/developers/resources/message#allowed-mentions-object: nobody is called
  allowedMentions: z.strictObject({ parse: z.tuple([]) }),
  components: z.array(container).min(1),
  files: z.array(z.strictObject({ name: z.string(), data: z.instanceof(Uint8Array), contentType: z.string() })).optional(),
});

const INPUT = `${REFERENCE}#text-input`;
const textInput = z.strictObject({
  type: z.literal(4),
  custom_id: customId,
  style: z.union([z.literal(1), z.literal(2)]),
  required: z.boolean(),
  max_length: z.number().int().min(1).max(4000, `${INPUT}: at most 4000`),
  value: z.string().max(4000, `${INPUT}: at most 4000`).optional(),
  placeholder: text(100, INPUT).optional(),
});

const UPLOAD = `${REFERENCE}#file-upload`;
const fileUpload = z
  .strictObject({
    type: z.literal(19),
    custom_id: customId,
    required: z.boolean(),
    min_values: z.number().int().min(0).max(10),
    max_values: z.number().int().min(1).max(10, `${UPLOAD}: at most 10`),
    file_types: z.array(z.union([z.enum(['image', 'video', 'audio']), z.templateLiteral(['.', z.string()])])).max(10),
  })
  .refine(({ required, min_values }) => !required || min_values >= 1, `${UPLOAD}: min_values of what is required`);

const LABEL = `${REFERENCE}#label`;
const label = z.strictObject({
  type: z.literal(18),
  label: text(45, LABEL),
  description: text(100, LABEL).optional(),
  component: z.discriminatedUnion('type', [textInput, select, fileUpload]),
});

const modal = z.strictObject({
  custom_id: customId,
  title: text(45, MODAL),
  components: z.array(label).min(1).max(5, `${MODAL}: between 1 and 5`),
});

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const commandName = z
  .string()
  .regex(NAME, `${COMMANDS}#application-command-object-application-command-naming`)
  .refine((name) => name === name.toLowerCase(), `${COMMANDS}#application-command-object-application-command-naming: lower case`);
const OPTION = `${COMMANDS}#application-command-object-application-command-option-structure`;
const choice = z.strictObject({ name: text(100, OPTION), value: z.string().min(1).max(100) });
const commandOption = z
  .strictObject({
    type: z.union([z.literal(3), z.literal(4), z.literal(11)]),
    name: commandName,
    description: text(100, OPTION),
    required: z.boolean(),
    choices: z.array(choice).max(25, `${OPTION}: max 25`).optional(),
    autocomplete: z.boolean().optional(),
    min_value: z.number().int().optional(),
    max_length: z.number().int().min(1).max(6000).optional(),
    file_types: z.array(z.string()).max(10).optional(),
  })
  .refine(({ autocomplete, choices }) => autocomplete !== true || choices === undefined, `${OPTION}: not both`);

const where = {
  default_member_permissions: z.string().regex(/^\d+$/).nullable(),
  contexts: z.array(z.number()).optional(),
  integration_types: z.array(z.number()).optional(),
};
const chatInput = z
  .strictObject({
    type: z.literal(1),
    name: commandName,
    description: text(100, COMMANDS),
    options: z.array(commandOption).max(25, `${COMMANDS}: max of 25`),
    ...where,
  })
  .refine(({ options: all }) => new Set(all.map(({ name }) => name)).size === all.length, 'option names differ')
  .refine(
    ({ options: all }) => all.every(({ required }, index) => !required || all.slice(0, index).every((each) => each.required)),
    `${COMMANDS}: required options are listed before optional ones`,
  )
  .refine((command) => sizeOf(command) <= 8000, `${COMMANDS}#slash-commands: at most 8000 characters`);
const messageMenu = z.strictObject({ type: z.literal(3), name: text(32, COMMANDS), ...where });
const commands = z.array(z.discriminatedUnion('type', [chatInput, messageMenu]));

interface Sized {
  name: string;
  description: string;
  options: readonly { name: string; description: string; choices?: readonly { name: string; value: string }[] | undefined }[];
}

const sizeOf = ({ name, description, options: all }: Sized): number =>
  [
    name,
    description,
    ...all.flatMap((each) => [each.name, each.description, ...(each.choices ?? []).flatMap(Object.values)]),
  ].join('').length;

const Outer = z.looseObject({
  type: z.number().optional(),
  custom_id: z.string().optional(),
  content: z.string().optional(),
  components: z.array(z.unknown()).optional(),
  accessory: z.unknown().optional(),
  component: z.unknown().optional(),
});
type Outer = z.infer<typeof Outer>;

/** Every component of a message, a modal or a list of them, the outer before the inner. */
export function componentsIn(thing: unknown): Outer[] {
  if (Array.isArray(thing)) return thing.flatMap(componentsIn);
  const outer = Outer.safeParse(thing);
  if (!outer.success) return [];
  const { type, components = [], accessory, component } = outer.data;
  return [...(type === undefined ? [] : [outer.data]), ...[...components, accessory, component].flatMap(componentsIn)];
}

const sentences = (error: z.ZodError | undefined): string[] =>
  (error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`);

function repeatedIds(all: readonly Outer[]): string[] {
  const ids = all.flatMap(({ custom_id }) => custom_id ?? []);
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${ID_PAGE}: ${id} occurs twice`);
}

/** What is wrong with a message; nothing where Discord would take it. */
export function problemsOfMessage(rendered: unknown): string[] {
  const all = componentsIn(rendered);
  const texts = all.flatMap(({ content }) => content ?? []);
  const characters = texts.reduce((sum, each) => sum + [...each].length, 0);
  const bytes = texts.reduce((sum, each) => sum + Buffer.byteLength(each) + 12, 0);
  return [
    ...sentences(message.safeParse(rendered).error),
    ...repeatedIds(all),
    ...(all.length > 40 ? [`${REFERENCE}: up to 40 components, not ${all.length}`] : []),
    // https://github.com/discord/discord-api-docs/issues/8554 names both
    ...(characters > 4000 ? [`at most 4000 characters of text, not ${characters}`] : []),
    ...(bytes > 10_170 ? [`at most 10170 bytes of text, not ${bytes}`] : []),
  ];
}

/** What is wrong with a modal. */
export const problemsOfModal = (drawn: unknown): string[] => [
  ...sentences(modal.safeParse(drawn).error),
  ...repeatedIds(componentsIn(drawn)),
];

/** What is wrong with application commands that are registered together. */
export const problemsOfCommands = (registered: unknown): string[] => sentences(commands.safeParse(registered).error);
