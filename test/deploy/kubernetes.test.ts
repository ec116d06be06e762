// The Kubernetes manifests: each process may end at any moment and be told so in time, none may more than it needs, and they render.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { settings } from '../../src/config.ts';
import { ROOT, readYaml, textOf } from './yaml-files.ts';

const FOLDER = 'deploy/kubernetes';
const Named = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) });
const Kustomization = z.object({
  resources: z.array(z.string()),
  patches: z.array(z.object({ path: z.string() })),
});
const Container = z.looseObject({ name: z.string(), command: z.array(z.string()).optional() });
const Deployment = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    replicas: z.number(),
    strategy: z.object({ type: z.string() }),
    template: z.object({ spec: z.looseObject({ containers: z.tuple([Container]) }) }),
  }),
});

const files = readdirSync(join(ROOT, FOLDER)).filter((name) => name.endsWith('.yaml'));
const read = (name: string): unknown[] => readYaml(textOf(join(FOLDER, name)));
const kustomization = Kustomization.parse(read('kustomization.yaml')[0]);
const resources = kustomization.resources.flatMap(read).map((each) => Named.parse(each));
const deployments = resources.filter(({ kind }) => kind === 'Deployment').map((each) => Deployment.parse(each));
const [process] = z
  .tuple([z.object({ spec: z.object({ template: z.object({ spec: z.looseObject({ containers: z.tuple([Container]) }) }) }) })])
  .parse(read('process.yaml'));

describe('the manifests', () => {
  it('are all used, but for the example of the secrets', () => {
    const used = ['kustomization.yaml', ...kustomization.resources, ...kustomization.patches.map(({ path }) => path)];
    expect(files.filter((name) => !used.includes(name))).toEqual(['secret.example.yaml']);
  });

  it('run each role as a process of its own', () => {
    expect(deployments.map(({ spec }) => spec.template.spec.containers[0].command)).toEqual(
      ['bot', 'worker', 'web'].map((role) => ['node', 'src/main.ts', '--role', role]),
    );
  });

  it('have one process in the chats, which ends before the next begins, and more of the others', () => {
    expect(deployments.map(({ spec }) => [spec.replicas > 1, spec.strategy.type])).toEqual([
      [false, 'Recreate'],
      [true, 'RollingUpdate'],
      [true, 'RollingUpdate'],
    ]);
  });

  it('let every deployment that is more than one lose a process, and keep none from being moved', () => {
    const budgets = resources.filter(({ kind }) => kind === 'PodDisruptionBudget');
    expect(budgets.map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
      ['crier-worker', expect.objectContaining({ maxUnavailable: 1 })],
      ['crier-web', expect.objectContaining({ maxUnavailable: 1 })],
    ]);
  });

  it('set nothing that Crier does not know', () => {
    const given = [...resources, ...read('secret.example.yaml')].flatMap((each) =>
      Object.keys({
        ...z.looseObject({ data: z.record(z.string(), z.unknown()).optional() }).parse(each).data,
        ...z.looseObject({ stringData: z.record(z.string(), z.unknown()).optional() }).parse(each).stringData,
      }),
    );
    expect(given.length).toBeGreaterThan(8);
    expect(Object.keys(settings)).toEqual(expect.arrayContaining(given));
  });
});

describe('what every process is given', () => {
  const { spec } = process.spec.template;
  const [container] = spec.containers;

  it('is a user without rights and a file system that cannot be written, but for its own folders', () => {
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
  });

  it('is time to stop in: what running publishes may take, and the rest', () => {
    const drain = Number(settings.CRIER_DRAIN_SECONDS.parse(undefined));
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(drain + 20);
  });

  it('is killed only where it does not answer, and gets no requests while it cannot serve them', () => {
    const path = (probe: unknown): string => z.looseObject({ httpGet: z.object({ path: z.string() }) }).parse(probe).httpGet.path;
    expect([container.startupProbe, container.livenessProbe, container.readinessProbe].map(path)).toEqual([
      '/healthz',
      '/healthz',
      '/readyz',
    ]);
  });
});

const kubectl = spawnSync('kubectl', ['kustomize', join(ROOT, FOLDER)], { encoding: 'utf8' });

describe.runIf(kubectl.error === undefined)('kubectl', () => {
  it('renders them, each deployment with what all have in common', () => {
    expect([kubectl.status, kubectl.stderr]).toEqual([0, '']);
    const rendered = readYaml(kubectl.stdout).map((each) => Named.parse(each));
    expect(rendered.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual([
      'ConfigMap crier',
      'Deployment crier-bot',
      'Deployment crier-web',
      'Deployment crier-worker',
      'PersistentVolumeClaim crier-media',
      'PodDisruptionBudget crier-web',
      'PodDisruptionBudget crier-worker',
      'Service crier-bot',
      'Service crier-web',
      'ServiceAccount crier',
    ]);
    for (const each of rendered.filter(({ kind }) => kind === 'Deployment')) {
      const { containers, securityContext } = Deployment.parse(each).spec.template.spec;
      expect(containers[0]).toMatchObject({ readinessProbe: { httpGet: { path: '/readyz' } } });
      expect(containers[0].command?.[3]).toBe(each.metadata.name.replace('crier-', ''));
      expect(securityContext).toMatchObject({ runAsNonRoot: true });
    }
  });
});
