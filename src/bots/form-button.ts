// A form where it cannot be shown at once: what it asks for, in lines, and the button that opens it.
import { type Button, buttonId, type Form, type Line } from './reply.ts';

const PRESS = { command: 'form', name: 'open' } as const;

/** Opens a command's form: `form/open/schedule`. */
export const openFormButton = ({ command }: Pick<Form, 'command'>): Button => ({
  label: 'Open the form',
  ...PRESS,
  subject: command,
  style: 'primary',
});

/** What the id of the button that opens a command's form begins with. */
export const FORM_BUTTON: string = buttonId({ ...PRESS, subject: '' });
/** The command whose form a button opens; null for every other button. */
export const readFormButton = (id: string): string | null => (id.startsWith(FORM_BUTTON) ? id.slice(FORM_BUTTON.length) : null);

/** What is missing, and how to say it all in one line: unless that would be a secret, which is typed into a form and nowhere else. */
export function askedInLines({ fields, inOneLine }: Form): Line[] {
  const missing = fields.filter(({ required, value }) => required && !value);
  const asked = missing.length > 0 ? missing : fields.filter(({ aside }) => aside !== true);
  return [
    ...asked.map(({ label, hint }): Line => (hint === undefined ? label : [`${label}, for example: `, { code: hint }])),
    ...(fields.some(({ kind }) => kind === 'secret') ? [] : [['In one line: ', { code: inOneLine }] satisfies Line]),
  ];
}
