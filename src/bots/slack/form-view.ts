// A form as a modal: an input for each field, with what is understood so far right under it. Ids of blocks stay the same from one
// redrawing to the next, so that Slack keeps what was typed (https://docs.slack.dev/reference/views/modal-views, checked 2026-11-22).
import type { KnownBlock, ModalView } from '@slack/types';
import type { Form, FormField, Line } from '../reply.ts';
import { cutText } from '../shown-text.ts';
import { plainObject, richBlocks, smallPrint } from './blocks.ts';
import { drawField, type FormViewOptions, variantName } from './form-view-fields.ts';
import type { Drawn } from './form-view-inputs.ts';
import * as limits from './limits.ts';
import { blockOf } from './view-values.ts';
import { makeRoom, readMetadata, writeShort } from './view-values-metadata.ts';

export type { FormViewOptions } from './form-view-fields.ts';

/** `callback_id` of the modal. */
export const FORM_VIEW = 'form';

/**
 * The modal of a form. A text that is longer than one input holds is split over several, and what private_metadata has no room for
 * stands in a field.
 * @throws Error (a bug) for metadata that `writeMetadata` has not written.
 */
export function formView(asked: Form, options: FormViewOptions): ModalView {
  const metadata = readMetadata(options.privateMetadata);
  if (metadata === null) throw new Error('the metadata of a form was not written by writeMetadata');
  const words = metadata.words ?? asked.fields.find(({ kind }) => kind === 'when')?.value ?? '';
  // what a network's own text begins with stands in its input from now on
  const carried = withoutShown(asked, options);
  const remembered = makeRoom({ ...metadata, form: { ...asked, carried }, words });
  const { form } = remembered;
  const drawing = { ...options, carried: asked.carried, parts: metadata.parts };
  const drawn = form.fields.flatMap((field) => drawField(field, drawing));
  const long = Object.assign({}, ...drawn.map((each) => each.long ?? {}));
  const parts = Object.fromEntries(
    drawn.flatMap((each): [string, number][] => (each.about && each.parts && each.parts > 1 ? [[each.about, each.parts]] : [])),
  );
  return {
    type: 'modal',
    callback_id: FORM_VIEW,
    title: plainObject(cutText(form.title, limits.VIEW_TITLE)),
    submit: plainObject('Send'),
    close: plainObject('Close'),
    private_metadata: writeShort({ ...remembered, long, parts }),
    blocks: [...introBlocks(form, options.intro), ...drawn.flatMap((each) => blocksOf(each, options))],
  };
}

function withoutShown({ fields, carried }: Form, { networks = [] }: FormViewOptions): Form['carried'] {
  const shown = fields.some(({ kind }) => kind === 'variants') ? networks.map(({ id }) => variantName(id)) : [];
  return Object.fromEntries(Object.entries(carried).filter(([name]) => !shown.includes(name)));
}

function introBlocks({ title }: Form, intro: readonly Line[] = []): KnownBlock[] {
  const whole = title.length > limits.VIEW_TITLE ? [title] : [];
  return richBlocks([{ lines: whole, bold: true }, { lines: intro }]);
}

/** The inputs, and what is understood of them: behind the first, or behind the last where one text goes over several. */
function blocksOf({ blocks, about }: Drawn, { notes = {} }: FormViewOptions): KnownBlock[] {
  if (about === null) return [...blocks];
  // an id of its own lets Slack redraw the note and nothing beside it
  const [note, ...more] = smallPrint(Object.hasOwn(notes, about) ? (notes[about] ?? []) : []);
  return [...blocks, ...(note ? [{ ...note, block_id: cutText(`note:${about}`, limits.ID) }] : []), ...more];
}

/**
 * Where a field's error is shown: `field:when`. What is wrong with a post's images is said at its files, and a network's own text has an
 * input of its own. A field that the form does not have takes it to the first one.
 */
export function errorBlock(fields: readonly FormField[], named: string | undefined): string | null {
  if (named?.startsWith(variantName('')) && fields.some(({ kind }) => kind === 'variants')) return blockOf(named);
  const name = named === 'media' ? (fields.find(({ kind }) => kind === 'files')?.name ?? named) : named;
  const field = fields.find((candidate) => candidate.name === name) ?? fields.find(({ kind }) => kind !== 'variants');
  return field ? blockOf(field.name) : null;
}
