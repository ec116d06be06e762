// What Discord takes at most, each with the page that says so (all checked 2026-11-22). Lengths are UTF-16 units, which is never more
// than Discord counts. Nothing is decided here; render.ts, form-view.ts and options.ts keep to it.

/** All components of a message, nested ones included: https://docs.discord.com/developers/components/reference#component-object */
export const COMPONENTS = 40;
/**
 * All text displays of a message together. Their page names no number; the API refuses more, and breaks with a 500 beyond some 10,170
 * bytes, of which each text display takes twelve: https://github.com/discord/discord-api-docs/issues/8554
 */
export const TEXT = 4000;
export const TEXT_BYTES = 10_000;
export const BYTES_PER_TEXT_DISPLAY = 12;
/** One of our text displays. This is our own choice: two of them fill a message, so that a long text begins below its title. */
export const TEXT_DISPLAY = 2000;

/** One file, in a server without boosts: https://docs.discord.com/developers/reference#uploading-files (unverified) */
export const UPLOAD_BYTES = 10 * 1024 * 1024;

/** https://docs.discord.com/developers/components/reference#action-row */
export const ROW_BUTTONS = 5;
/** https://docs.discord.com/developers/components/reference#button */
export const BUTTON_LABEL = 80;
/** https://docs.discord.com/developers/components/reference#anatomy-of-a-component-custom-id */
export const CUSTOM_ID = 100;
/** https://docs.discord.com/developers/components/reference#string-select */
export const OPTIONS = 25;
export const OPTION_TEXT = 100;
export const OPTION_VALUE = 100;
export const PLACEHOLDER = 150;
/** What is said of a picture: https://docs.discord.com/developers/components/reference#media-gallery (checked 2026-11-23) */
export const ALT_TEXT = 1024;

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal */
export const MODAL_TITLE = 45;
export const MODAL_COMPONENTS = 5;
/** https://docs.discord.com/developers/components/reference#label */
export const LABEL = 45;
export const LABEL_DESCRIPTION = 100;
/** https://docs.discord.com/developers/components/reference#text-input */
export const INPUT_TEXT = 4000;
export const INPUT_PLACEHOLDER = 100;
/** https://docs.discord.com/developers/components/reference#file-upload */
export const FILES = 10;

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object */
export const COMMAND_NAME = 32;
export const COMMAND_DESCRIPTION = 100;
export const COMMAND_OPTIONS = 25;
export const COMMAND_CHOICES = 25;
/** Names, descriptions and values of one command together: https://docs.discord.com/developers/interactions/application-commands#slash-commands */
export const COMMAND_SIZE = 8000;
/** What a text option holds. https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure */
export const OPTION_LENGTH = 6000;
