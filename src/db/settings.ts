// Facts of the installation, by name.
import type { EntityManager } from '@mikro-orm/postgresql';
import { SettingEntity } from './entities/record.ts';

export interface Settings {
  get: (name: string) => Promise<string | null>;
  set: (name: string, value: string) => Promise<void>;
}

export function openSettings(em: () => EntityManager): Settings {
  return {
    get: async (name) => (await em().findOne(SettingEntity, { name }))?.value ?? null,
    set: async (name, value) => {
      await em().upsert(SettingEntity, { name, value });
    },
  };
}
