// Pictures in blocks, which emulate does not look at: Slack shows only those that were uploaded, a moment after that, and none in what one
// person alone sees. https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object (checked 2026-11-23); the words of
// the refusal are from https://github.com/slackapi/python-slack-sdk/issues/1658 (checked 2026-11-23).
import { isObject, type Json, text } from './wire.ts';

export interface Pictures {
  /** The answer of files.completeUploadExternal: from now on these files are there. */
  completed: (teamId: string, answer: Json) => void;
  /** The next pictures are looked through for so many tries. */
  slow: (tries: number) => void;
  /** What Slack answers in place of taking these blocks; null where it takes them. */
  refuse: (teamId: string, blocks: unknown, inMessage: boolean) => Json | null;
}

export function openPictures(): Pictures {
  /** How often each is refused still, by team and id. */
  const left = new Map<string, number>();
  let tries = 0;

  const isShown = (teamId: string, id: string): boolean => {
    const key = `${teamId}/${id}`;
    const more = left.get(key);
    if (more === undefined) return false;
    left.set(key, Math.max(0, more - 1));
    return more === 0;
  };

  return {
    completed(teamId, { files }) {
      for (const file of Array.isArray(files) ? files.filter(isObject) : []) left.set(`${teamId}/${text(file.id)}`, tries);
      tries = 0;
    },
    slow: (wanted) => {
      tries = wanted;
    },
    refuse(teamId, blocks, inMessage) {
      const named = (Array.isArray(blocks) ? blocks : []).flatMap((block: unknown, index) =>
        isObject(block) && block.type === 'image' && isObject(block.slack_file)
          ? [{ id: text(block.slack_file.id), at: `/blocks/${index}/slack_file` }]
          : [],
      );
      const refused = named.filter(({ id }) => !isShown(teamId, id) || !inMessage);
      if (refused.length === 0) return null;
      const errors = refused.map(({ at }) => `invalid slack file [json-pointer:${at}]`);
      return {
        ok: false,
        error: 'invalid_blocks',
        errors,
        response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) },
      };
    },
  };
}
