// The Compose files are whole by the specification's own schema, and fit what Crier is: its settings, its roles, its way of stopping.
import { runInNewContext } from 'node:vm';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { settings } from '../../src/config.ts';
import { PROCESS_ROLES } from '../../src/core/operations.ts';
import { readYaml, textOf } from './yaml-files.ts';

const FILES = ['docker-compose.yml', 'docker-compose.workers.yml'];
/** Of Compose alone: which image, where it listens, and the database's password. */
const OF_COMPOSE = ['IMAGE', 'WEB_ADDRESS', 'WEB_PORT', 'BOT_PORT', 'POSTGRES_PASSWORD'];

const Service = z.looseObject({
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).default([]),
  networks: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  stop_grace_period: z.string().optional(),
  restart: z.string().optional(),
  logging: z.object({ options: z.record(z.string(), z.string()) }).optional(),
});
const Compose = z.object({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.unknown()).default({}),
  networks: z.record(z.string(), z.object({ internal: z.boolean() }).nullable()).default({}),
});

const raw = (file: string): unknown => readYaml(textOf(file))[0];
const [one, workers] = [Compose.parse(raw('docker-compose.yml')), Compose.parse(raw('docker-compose.workers.yml'))];
const all = { ...one.services, ...workers.services };
const roles = ['bot', 'worker', 'web'];
const service = (name: string, from = all) => {
  const found = from[name];
  if (!found) throw new Error(`there is no service ${name}`);
  return found;
};

describe.each(FILES)('%s', (file) => {
  it('is what the Compose specification allows', () => {
    // it names draft-07 by an address with https, under which nobody knows it
    const { $schema, ...schema } = z
      .record(z.string(), z.unknown())
      .parse(JSON.parse(textOf('test/fixtures/compose/compose-spec.json')));
    expect($schema).toBe('https://json-schema.org/draft-07/schema');
    const validate = new Ajv({ strict: false, allErrors: true, formats: { duration: true } }).compile(schema);
    expect([validate(raw(file)), validate.errors ?? []]).toEqual([true, []]);
  });

  it('asks for nothing that is neither a setting of Crier nor explained', () => {
    const used = [...textOf(file).matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name);
    const manual = textOf('docs/operations.md');
    for (const name of used) {
      expect([...Object.keys(settings), ...OF_COMPOSE]).toContain(name);
      expect(manual).toContain(`\`${name}\``);
    }
  });

  it('holds no secret, and says what to write where one is missing', () => {
    for (const name of ['POSTGRES_PASSWORD', 'ENCRYPTION_KEY']) {
      expect(textOf(file)).toContain(`\${${name}:?write ${name}=... into .env`);
      expect(textOf(file)).not.toContain(`\${${name}:-`);
    }
  });
});

describe('the services of Compose', () => {
  it('depend on services that are there, healthy ones', () => {
    for (const each of Object.values(all)) {
      for (const [name, { condition }] of Object.entries(each.depends_on)) {
        expect([condition, service(name).healthcheck !== undefined]).toEqual(['service_healthy', true]);
      }
    }
  });

  it('use volumes and networks that are there', () => {
    const kept = { ...one.volumes, ...workers.volumes };
    for (const each of Object.values(all)) {
      for (const volume of each.volumes) expect(Object.keys(kept)).toContain(volume.split(':')[0]);
      for (const network of each.networks) expect(Object.keys(one.networks)).toContain(network);
    }
  });

  it('come back by themselves, and their logs do not fill the disk', () => {
    for (const each of Object.values({ ...workers.services, ...one.services })) {
      expect(each.restart).toBe('unless-stopped');
      expect(Object.keys(each.logging?.options ?? {})).toEqual(['max-size', 'max-file']);
    }
  });

  it('are reached from this machine only, and the databases from nowhere outside', () => {
    const ports = Object.values(all).flatMap((each) => each.ports);
    for (const port of ports) expect(port).toMatch(/^\$\{WEB_ADDRESS:-127\.0\.0\.1\}:/);
    for (const name of ['postgres', 'mongo']) expect([service(name).ports, service(name).networks]).toEqual([[], ['servers']]);
    expect(one.networks.servers).toEqual({ internal: true });
  });

  it('have time to stop in: what running publishes may take, and the rest', () => {
    const drain = Number(settings.CRIER_DRAIN_SECONDS.parse(undefined));
    for (const name of ['crier', ...roles]) {
      const { stop_grace_period } = service(name, name === 'crier' ? one.services : workers.services);
      expect(Number.parseInt(stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(drain + 20);
    }
  });

  it('set nothing that Crier does not know', () => {
    for (const name of ['crier', ...roles]) {
      const { environment } = service(name, name === 'crier' ? one.services : workers.services);
      expect(Object.keys(settings)).toEqual(expect.arrayContaining(Object.keys(environment)));
    }
  });
});

describe('Crier in several services', () => {
  it('has one for each role, and not the one of all roles', () => {
    expect(roles.map((role) => service(role).command)).toEqual(roles.map((role) => ['node', 'src/main.ts', '--role', role]));
    expect([...roles, 'all'].sort()).toEqual([...PROCESS_ROLES].sort());
    expect(service('crier').profiles).toHaveLength(1);
  });

  it('has the same settings as in one, shares the media and no data folder', () => {
    for (const role of roles) {
      const { environment, image, volumes, tmpfs } = service(role);
      expect([environment, image]).toEqual([service('crier', one.services).environment, service('crier', one.services).image]);
      expect(volumes).toEqual([`media:${environment.CRIER_MEDIA_DIR}`]);
      expect(tmpfs.some((each) => each.startsWith(`${environment.CRIER_DATA_DIR}:uid=1000`))).toBe(true);
    }
  });

  it('lets the workers be scaled: they take no port of this machine', () => {
    expect(service('worker').ports).toEqual([]);
  });
});

describe('the health check of MongoDB', () => {
  const script =
    z
      .object({ test: z.array(z.string()) })
      .parse(service('mongo').healthcheck)
      .test.at(-1) ?? '';

  /** As mongosh would run it: what was done, and the code it quits with. */
  function look(status: () => unknown, isWritablePrimary: boolean): { made: unknown[]; code: number | null } {
    const seen: { made: unknown[]; code: number | null } = { made: [], code: null };
    runInNewContext(script, {
      rs: { status, initiate: (config: unknown) => seen.made.push(config) },
      db: { hello: () => ({ isWritablePrimary }) },
      quit: (code: number) => {
        seen.code = code;
      },
    });
    return seen;
  }
  const failing = (codeName: string) => (): never => {
    throw Object.assign(new Error(codeName), { codeName });
  };

  it('makes the replica set once, under the name that others reach it by', () => {
    expect(look(failing('NotYetInitialized'), false)).toEqual({
      made: [{ _id: 'rs0', members: [{ _id: 0, host: 'mongo:27017' }] }],
      code: 1,
    });
    expect(service('mongo').hostname).toBe('mongo');
    expect(service('crier', one.services).environment.MONGO_URL).toContain('mongo:27017/crier?replicaSet=rs0');
  });

  it('waits until it is writable, and makes nothing anew', () => {
    expect(look(() => ({}), false)).toEqual({ made: [], code: 1 });
    expect(look(() => ({}), true)).toEqual({ made: [], code: 0 });
    expect(() => look(failing('Unauthorized'), true)).toThrow('Unauthorized');
  });
});
