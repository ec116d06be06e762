// Whether commands that are registered are those that are declared: both come down to the same line of letters.
import { createHash } from 'node:crypto';
import { ApplicationCommandType } from 'discord.js';
import { z } from 'zod';
import type { Registration } from './options.ts';

/** What counts of a command that is registered; Discord adds ids, versions and defaults to it. */
const Registered = z.object({
  type: z.number().default(ApplicationCommandType.ChatInput),
  name: z.string(),
  description: z.string().default(''),
  default_member_permissions: z
    .string()
    .nullish()
    .transform((given) => given ?? null),
  options: z
    .array(
      z.object({
        type: z.number(),
        name: z.string(),
        description: z.string(),
        required: z.boolean().default(false),
        autocomplete: z.boolean().default(false),
        choices: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })).default([]),
        min_value: z.number().optional(),
        max_length: z.number().optional(),
        file_types: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  contexts: z
    .array(z.number())
    .nullish()
    .transform((given) => given?.toSorted() ?? null),
  integration_types: z
    .array(z.number())
    .nullish()
    .transform((given) => given?.toSorted() ?? null),
});

/**
 * The same for commands as they are declared and as Discord gives them back, in any order. Of one server's commands, where they are
 * seen does not count.
 * @throws ZodError for what is no list of commands.
 */
export function fingerprint(commands: readonly unknown[], scope: Registration['scope']): string {
  const all = z
    .array(Registered)
    .parse(commands)
    .map((command) => (scope === 'global' ? command : { ...command, contexts: null, integration_types: null }))
    .map((command) => JSON.stringify(command))
    .toSorted();
  return createHash('sha256').update(all.join('\n')).digest('hex');
}
