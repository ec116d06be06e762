// Slack's emoji names -> the emoji themselves: networks know no `:tada:`. A team's own emoji have none, and stay as they were typed.
import { nameToEmoji } from 'gemoji';

/**
 * Slack's names come from https://github.com/iamcal/emoji-data, gemoji's from GitHub. Most agree; these are Slack's for what GitHub
 * names otherwise (compared 2026-11-22).
 */
const SLACK_NAMES: Readonly<Record<string, string>> = {
  avocado: '🥑',
  face_palm: '🤦',
  face_vomiting: '🤮',
  face_with_cowboy_hat: '🤠',
  face_with_hand_over_mouth: '🤭',
  face_with_head_bandage: '🤕',
  face_with_monocle: '🧐',
  face_with_raised_eyebrow: '🤨',
  face_with_symbols_on_mouth: '🤬',
  face_with_thermometer: '🤒',
  grinning_face_with_one_large_and_one_small_eye: '🤪',
  grinning_face_with_star_eyes: '🤩',
  hand_with_index_and_middle_fingers_crossed: '🤞',
  hugging_face: '🤗',
  i_love_you_hand_sign: '🤟',
  large_brown_circle: '🟤',
  large_green_circle: '🟢',
  large_orange_circle: '🟠',
  large_purple_circle: '🟣',
  large_yellow_circle: '🟡',
  left_speech_bubble: '🗨️',
  linked_paperclips: '🖇️',
  lower_left_ballpoint_pen: '🖊️',
  lower_left_crayon: '🖍️',
  mostly_sunny: '🌤️',
  partly_sunny_rain: '🌦️',
  rain_cloud: '🌧️',
  reversed_hand_with_middle_finger_extended: '🖕',
  shocked_face_with_exploding_head: '🤯',
  sign_of_the_horns: '🤘',
  simple_smile: '🙂',
  slightly_frowning_face: '🙁',
  smiling_face_with_3_hearts: '🥰',
  smiling_face_with_smiling_eyes_and_hand_covering_mouth: '🤭',
  snow_cloud: '🌨️',
  spiral_calendar_pad: '🗓️',
  spiral_note_pad: '🗒️',
  the_horns: '🤘',
  thinking_face: '🤔',
  three_button_mouse: '🖱️',
  thunder_cloud_and_rain: '⛈️',
  tornado_cloud: '🌪️',
  trophy: '🏆',
  umbrella_on_ground: '⛱️',
  waving_black_flag: '🏴',
  waving_white_flag: '🏳️',
  white_frowning_face: '☹️',
  wind_blowing_face: '🌬️',
  zany_face: '🤪',
  zipper_mouth_face: '🤐',
};

const known = (name: string): string | undefined =>
  Object.hasOwn(SLACK_NAMES, name) ? SLACK_NAMES[name] : Object.hasOwn(nameToEmoji, name) ? nameToEmoji[name] : undefined;

/** `flag-de` -> 🇩🇪: two letters that together are a flag. */
function flagNamed(name: string): string | undefined {
  const country = /^flag-([a-z]{2})$/.exec(name)?.[1];
  return country === undefined
    ? undefined
    : String.fromCodePoint(...[...country].map((letter) => (letter.codePointAt(0) ?? 0) - 0x61 + 0x1f1e6));
}

/** What is one word to Slack is another to GitHub: `female-technologist` is `woman_technologist`, `woman-running` `running_woman`. */
function otherNames(name: string): string[] {
  const words = name.replaceAll('-', '_');
  const person = words.replace(/^female_/, 'woman_').replace(/^male_/, 'man_');
  const [, who, what] = /^(woman|man)_(.+)$/.exec(person) ?? [];
  return [words, person, ...(who === undefined ? [] : [`${what}_${who}`])];
}

const findEmoji = (name: string): string | undefined =>
  known(name) ??
  flagNamed(name) ??
  otherNames(name)
    .map(known)
    .find((emoji) => emoji !== undefined);

/** `skin-tone-2` to `-6` are the five of Unicode; the colour stands behind the person or hand that begins the emoji. */
function inTone(emoji: string, tone: string | undefined): string {
  if (tone === undefined) return emoji;
  const [first = '', ...rest] = [...emoji];
  if (!/^\p{Emoji_Modifier_Base}$/u.test(first)) return emoji;
  const modifier = String.fromCodePoint(0x1f3fb + Number(tone) - 2);
  return first + modifier + rest.join('').replace(/^\uFE0F/, '');
}

/** An emoji by Slack's name of it, without colons; null for a team's own. */
export const emojiNamed = (name: string, tone?: string): string | null => {
  const emoji = findEmoji(name.toLowerCase());
  return emoji === undefined ? null : inTone(emoji, tone);
};

const EMOJI = /:([\p{L}\p{N}_+'-]+):(?::skin-tone-([2-6]):)?/gu;

/** `10:30:45`, `1:100:2` and `a:b:c` are no emoji, though some are named 100 and b: a name so short stands alone. */
const isBetweenWords = (name: string, before: string, after: string): boolean =>
  /^(?:\d+|[a-z]{1,2})$/.test(name) && (/[\p{L}\p{N}]$/u.test(before) || /^[\p{L}\p{N}]/u.test(after));

/** Text with the emoji that its names stand for. */
export function withEmoji(text: string): string {
  if (!text.includes(':')) return text;
  let result = '';
  let from = 0;
  EMOJI.lastIndex = 0;
  for (let match = EMOJI.exec(text); match !== null; match = EMOJI.exec(text)) {
    const [whole, name = '', tone] = match;
    const end = match.index + whole.length;
    const emoji = isBetweenWords(name, text.slice(0, match.index), text.slice(end, end + 1)) ? null : emojiNamed(name, tone);
    // where it is no emoji, its last colon may begin the next one
    EMOJI.lastIndex = emoji === null ? match.index + 1 + name.length : end;
    if (emoji === null) continue;
    result += text.slice(from, match.index) + emoji;
    from = end;
  }
  return result + text.slice(from);
}
