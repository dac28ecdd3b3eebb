import type { JsonObject } from '../../emulator/types';
import type { Foreign } from './commands';
import { tagKey } from './expect-setup';
import { type Game, settingsOf } from './game';
import type { PoolModel } from './model';

/** What somebody else does. */
export function change(game: Game, index: number, what: Foreign): void {
  const pool = game.pools[index] as PoolModel;
  const world = game.tenant.world(pool.region);
  const stored = world.cognito.pools.get(pool.id);
  if (!stored) return;
  const ours = typeof pool.live === 'object' ? pool.live : undefined;
  const { UserPoolTags, EmailConfiguration } = stored.members as Record<string, JsonObject>;
  switch (what) {
    case 'settings':
      stored.members = {
        ...stored.members,
        PasskeyVault: { Mode: `VERSION ${stored.modified}` },
        AutoVerifiedAttributes: ['email'],
      };
      game.settings[index] = settingsOf(game, index);
      return;
    case 'count':
      stored.users += 1;
      return;
    case 'wipe':
      // An update of the pool's own stack, which declares neither tags nor e-mail.
      if (pool.emailMfa || pool.drift !== 'none' || pool.live === 'by hand') return;
      stored.members = {
        ...stored.members,
        UserPoolTags: {},
        EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
      };
      game.settings[index] = settingsOf(game, index);
      if (ours?.identity === undefined) Object.assign(pool, { live: 'nothing', stack: undefined });
      else pool.drift = 'wiped';
      return;
    case 'by hand': {
      if (pool.live !== 'nothing' || pool.emailMfa) return;
      const region = pool.region === 'me-central-1' ? 'eu-central-1' : pool.region;
      const SourceArn = `arn:aws:ses:${region}:${game.tenant.account}:identity/by-hand.example`;
      const byHand = { EmailSendingAccount: 'DEVELOPER', SourceArn, From: 'by-hand@by-hand.example' };
      stored.members = { ...stored.members, EmailConfiguration: byHand };
      pool.live = 'by hand';
      return;
    }
    case 'e-mail MFA':
      if (EmailConfiguration?.['EmailSendingAccount'] !== 'DEVELOPER') return;
      pool.emailMfa = !pool.emailMfa;
      if (pool.emailMfa) stored.emailMfa = { Message: '{####}', Subject: 'Code' };
      else delete stored.emailMfa;
      return;
    case 'policy removed':
      if (!ours?.principal || pool.drift !== 'none') return;
      for (const region of ours.regions) {
        game.tenant
          .world(region)
          .ses.identities.get(ours.identity ?? '')
          ?.policies.delete(`EmailSetup-${pool.region}-${pool.id}`);
      }
      pool.drift = 'policy removed';
      return;
    case 'tag removed': {
      if (ours?.identity === undefined || pool.drift !== 'none') return;
      const { [tagKey]: _ours, ...rest } = UserPoolTags ?? {};
      stored.members = { ...stored.members, UserPoolTags: rest };
      pool.drift = 'tag removed';
      return;
    }
  }
}
