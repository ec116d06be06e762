// The state of a modal as Slack sends it: what each input was filled with at first.
import type { ModalView } from '@slack/types';

type Elements = Record<string, unknown>;

function stateOfElement(element: Elements): Elements {
  switch (element.type) {
    case 'plain_text_input':
      return { type: 'plain_text_input', value: element.initial_value ?? null };
    case 'datetimepicker':
      return { type: 'datetimepicker', selected_date_time: element.initial_date_time ?? null };
    case 'multi_static_select':
      return { type: 'multi_static_select', selected_options: element.initial_options ?? [] };
    case 'file_input':
      return { type: 'file_input', files: [] };
    default:
      return { type: element.type, selected_option: element.initial_option ?? null };
  }
}

export function stateOf(view: ModalView): { values: Record<string, Elements> } {
  const inputs = view.blocks.flatMap((block) => ('element' in block ? [block] : []));
  const values = inputs.map(({ block_id = '', element }): [string, Elements] => {
    const { action_id: actionId, ...rest }: Elements = { ...element };
    return [block_id, { [String(actionId)]: stateOfElement(rest) }];
  });
  return { values: Object.fromEntries(values) };
}

/** An option of a menu, by its label or value. */
export function optionIn(view: ModalView, blockId: string, wanted: string): unknown {
  const block = view.blocks.find(({ block_id }) => block_id === blockId);
  const found = JSON.stringify(block).match(/\{"text":\{[^{}]*\},"value":"[^"]*"\}/g) ?? [];
  return found
    .map((option): unknown => JSON.parse(option))
    .find((option) => JSON.stringify(option).includes(JSON.stringify(wanted)));
}
