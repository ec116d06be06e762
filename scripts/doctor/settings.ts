// Whether the settings can be read at all. Each sentence is config.ts' own, which names the setting, its cure and an example.
import { type Config, readConfig, settings } from '../../src/config.ts';
import { CrierError } from '../../src/core/errors.ts';
import { type Finding, ok, warning, wrong } from './finding.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `config` is null where something is so wrong that Crier would not start. */
export function readSettings(environment: Environment): { config: Config | null; findings: readonly Finding[] } {
  try {
    const config = readConfig(environment);
    const warnings = config.warnings.map((sentence) => warning(nameIn(sentence), sentence));
    return { config, findings: [ok('settings', 'All settings can be read.'), ...warnings] };
  } catch (error) {
    if (!(error instanceof CrierError)) throw error;
    const findings = error.userMessage.split('\n').map((sentence) => wrong(nameIn(sentence), sentence));
    return { config: null, findings };
  }
}

/** The first setting a sentence names. */
const nameIn = (sentence: string): string =>
  /[A-Z][A-Z0-9]*_[A-Z0-9_]+/.exec(sentence)?.[0] ??
  Object.keys(settings).find((name) => sentence.startsWith(`${name} `)) ??
  'settings';

/** Shorter ones may be everyday words, `crier`, which would be taken out of every sentence. */
const SECRET_FROM = 8;

/** Every secret that is set, and the password within an address, so that none is printed by accident. */
export function secretsIn(environment: Environment): string[] {
  const secrets = Object.entries(settings).flatMap(([name, schema]) => {
    const value = environment[name]?.trim() ?? '';
    if (schema.meta()?.secret !== true || value === '') return [];
    const password = URL.canParse(value) ? new URL(value).password : '';
    return [value, ...value.split(',').map((part) => part.trim()), password, decoded(password)];
  });
  return [...new Set(secrets)].filter((secret) => secret.length >= SECRET_FROM).sort((one, other) => other.length - one.length);
}

function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch (error) {
    if (error instanceof URIError) return password;
    throw error;
  }
}
