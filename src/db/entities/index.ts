// Every entity, in the order the tables depend on each other.
import { AccountEntity } from './account.ts';
import { InstallationEntity, SeenEventEntity } from './chat.ts';
import { AttemptEntity, DeliveryEntity } from './delivery.ts';
import { DigestEntity } from './digest.ts';
import { AccountLookEntity, FiguresToldEntity, MetricSnapshotEntity } from './figures.ts';
import { NoticeEntity } from './notice.ts';
import { OAuthAppEntity, OAuthChoiceEntity, OAuthLinkEntity } from './oauth.ts';
import { JobRunEntity, ProcessEntity } from './operations.ts';
import { MediaEntity, PostEntity } from './post.ts';
import { AuditEventEntity, SettingEntity } from './record.ts';
import { SeriesEntity } from './series.ts';
import { MemberEntity, WorkspaceEntity } from './workspace.ts';

export const entities = [
  WorkspaceEntity,
  MemberEntity,
  AccountEntity,
  NoticeEntity,
  SeriesEntity,
  PostEntity,
  MediaEntity,
  DeliveryEntity,
  AttemptEntity,
  AuditEventEntity,
  MetricSnapshotEntity,
  AccountLookEntity,
  FiguresToldEntity,
  DigestEntity,
  SettingEntity,
  InstallationEntity,
  SeenEventEntity,
  JobRunEntity,
  ProcessEntity,
  OAuthAppEntity,
  OAuthLinkEntity,
  OAuthChoiceEntity,
];
