import type { JsonObject } from '../../emulator/types';
import { held } from './expect-setup';
import type { Kind } from './kinds';
import type { Scene } from './owners';

/** Is the kind in force as it was declared, with its policies (and, but in the API's gap, no others), and does mail go out? */
export function inForce(scene: Scene, kind: Kind, alone: boolean): readonly string[] {
  const { EmailSendingAccount, From, ReplyToEmailAddress } = kind.properties;
  const wanted: JsonObject = { EmailSendingAccount: EmailSendingAccount ?? '' };
  if (From) wanted['From'] = From;
  if (ReplyToEmailAddress) wanted['ReplyToEmailAddress'] = ReplyToEmailAddress;
  if (kind.arnRegion) {
    wanted['SourceArn'] = `arn:aws:ses:${kind.arnRegion}:${scene.tenant.account}:identity/${kind.identity}`;
  }
  const sorted = (json: JsonObject) => JSON.stringify(Object.entries(json).sort());
  const policies = kind.principal === undefined ? [] : kind.regions.map((ses) => `${ses}/${kind.identity} policy`);
  const found = held(scene.tenant, scene.region, scene.poolId);
  const lacks = policies.filter((one) => !found.includes(one));
  // On an identity that the live sender uses nobody revokes anything for a loser.
  const used = kind.regions.map((ses) => `${ses}/${kind.identity} policy`);
  const more = found.filter((one) => !used.includes(one));
  return [
    ...(sorted(scene.email()) === sorted(wanted) ? [] : [`${kind.name} is not in force: ${sorted(scene.email())}`]),
    ...(lacks.length === 0 ? [] : [`lacks ${lacks}`]),
    ...(more.length === 0 || !alone ? [] : [`${more} stays`]),
    ...(scene.sends() ? [] : ['mail does not go out']),
  ];
}
