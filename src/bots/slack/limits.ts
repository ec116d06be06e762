// What Slack takes at most, each with the page that says so. Checked 2026-11-22: most pages, and for the others what Slack's own
// types (@slack/types 3.2) say of the same fields. Lengths are UTF-16 units, which is never more than Slack counts. Nothing is decided here; blocks.ts, render.ts and form-view.ts keep to it.

/** Blocks of a message, and of a modal or App Home: https://docs.slack.dev/reference/block-kit/blocks */
export const MESSAGE_BLOCKS = 50;
export const VIEW_BLOCKS = 100;

/**
 * All blocks of one message together, in bytes of their JSON. Slack documents no such limit and answers `msg_blocks_too_long`: at
 * 13,297 characters in https://github.com/slackapi/bolt-js/issues/2509, and with 11,341 characters of text in many small elements in
 * https://github.com/slackapi/bolt-js/issues/2867. This stays below both.
 */
export const MESSAGE_BYTES = 10_000;

/**
 * `text` beside blocks, which notifications show. Slack asks for 4,000 and cuts at 40,000; what is escaped grows up to fivefold.
 * https://docs.slack.dev/reference/methods/chat.postMessage
 */
export const FALLBACK_TEXT = 700;

/**
 * Rows of a table, the names of its columns among them, one table in a message and none in a view. Only Slack's own types
 * (@slack/types 3.2) and its own guide name these; https://docs.slack.dev/reference/block-kit/blocks/table-block (checked 2026-11-23)
 * names the rows.
 */
export const TABLE_ROWS = 100;
/** Of a message's bytes; a larger table is shown in columns, which can go over several messages. Our own choice. */
export const TABLE_BYTES = 6_000;
/** Letters in a row of columns. Our own choice: six columns of figures stay whole, and a phone folds little of it. */
export const COLUMNS = 48;
/** What an image shows, in words: https://docs.slack.dev/reference/block-kit/blocks/image-block (checked 2026-11-23) */
export const ALT_TEXT = 2000;

/** A text object: https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export const TEXT = 3000;
/** Rich text has no documented limit of its own; a text object's is kept, by each block. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export const RICH_TEXT = 3000;
/** https://docs.slack.dev/reference/block-kit/blocks/header-block */
export const HEADER = 150;
/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
export const SECTION_FIELDS = 10;
export const FIELD_TEXT = 2000;
/** https://docs.slack.dev/reference/block-kit/blocks/actions-block */
export const ACTIONS = 25;
/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const BUTTON_TEXT = 75;
export const BUTTON_VALUE = 2000;
/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export const CONFIRM_TITLE = 100;
export const CONFIRM_TEXT = 300;
export const CONFIRM_BUTTON = 30;
/** Of a link: https://docs.slack.dev/reference/block-kit/block-elements/button-element says it of its `url`; links name none. */
export const URL_LENGTH = 3000;

/** `action_id`, `block_id` and `callback_id`: https://docs.slack.dev/reference/block-kit/blocks/input-block */
export const ID = 255;

/** A modal's title and its buttons: https://docs.slack.dev/reference/views/modal-views */
export const VIEW_TITLE = 24;
export const PRIVATE_METADATA = 3000;
/** https://docs.slack.dev/reference/block-kit/blocks/input-block */
export const INPUT_LABEL = 2000;
export const INPUT_HINT = 2000;
/** What a plain_text_input holds: https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export const INPUT_TEXT = 3000;
/** https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element */
export const OPTIONS = 100;
export const OPTION_GROUPS = 100;
/** https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element */
export const RADIO_OPTIONS = 10;
/** The page names 75 for the text, and 150 for the value since 2025; Slack's own types still say 75 of both.
 * https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export const OPTION_TEXT = 75;
export const OPTION_VALUE = 75;
/** Of a choice that is pressed, which has to hold the whole id of a button: as the page says. (checked 2026-11-23) */
export const MENU_VALUE = 150;
/** Of a select, before anything is chosen: https://docs.slack.dev/tools/node-slack-sdk/reference/web-api/interfaces/Placeholdable (checked 2026-11-23) */
export const PLACEHOLDER = 150;
/** https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
export const FILES = 10;
