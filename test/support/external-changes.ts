import type { JsonObject } from '../../emulator/types';
import type { ExternalChange } from './commands';
import { tagKey } from './expect-setup';
import { configurationFor, isTaken, type PoolModel } from './model';
import { type Simulation, settingsOf } from './simulation';

/** Makes a change that is none of ours: by the pool's own stack, the console or another tool. */
export function change(simulation: Simulation, index: number, what: ExternalChange): void {
  const pool = simulation.pools[index] as PoolModel;
  const { state } = pool;
  const regionState = simulation.testAccount.regionState(pool.region);
  const stored = regionState.cognito.pools.get(pool.id);
  if (!stored) return;
  const setting = (members: JsonObject) => {
    stored.members = { ...stored.members, ...members };
  };
  const { UserPoolTags, EmailConfiguration } = stored.members as Record<string, JsonObject>;
  switch (what) {
    case 'settings':
      setting({ PasskeyVault: { Mode: `VERSION ${stored.modified}` }, AutoVerifiedAttributes: ['email'] });
      simulation.settings[index] = settingsOf(simulation, index);
      return;
    case 'count':
      stored.users += 1;
      return;
    case 'wipe':
      // An update of the pool's own stack, which declares neither tags nor e-mail.
      if (pool.emailMfa || state.live === 'by hand') return;
      setting({
        UserPoolTags: {},
        EmailConfiguration: configurationFor('nothing', pool.region, simulation.testAccount.account),
      });
      simulation.settings[index] = settingsOf(simulation, index);
      pool.state = { ...state, live: 'nothing', tag: undefined };
      return;
    case 'by hand':
      if (isTaken(state) || pool.emailMfa) return;
      setting({ EmailConfiguration: configurationFor('by hand', pool.region, simulation.testAccount.account) });
      pool.state = { ...state, live: 'by hand' };
      return;
    case 'another sender':
      // The console, over a setup of ours.
      if (!state.tag || state.live === 'nothing') return;
      setting({ EmailConfiguration: configurationFor('by hand', pool.region, simulation.testAccount.account) });
      pool.state = { ...state, live: 'by hand' };
      return;
    case 'e-mail MFA':
      if (EmailConfiguration?.['EmailSendingAccount'] !== 'DEVELOPER') return;
      pool.emailMfa = !pool.emailMfa;
      if (pool.emailMfa) stored.emailMfa = { Message: '{####}', Subject: 'Code' };
      else delete stored.emailMfa;
      return;
    case 'policy removed':
      for (const place of state.policies) {
        const [region = '', identity = ''] = place.split('/');
        const { policies } = simulation.testAccount.regionState(region).ses.identities.get(identity) ?? {};
        policies?.delete(`EmailSetup-${pool.region}-${pool.id}`);
      }
      pool.state = { ...state, policies: [] };
      return;
    case 'tag removed': {
      const { [tagKey]: _ours, ...rest } = UserPoolTags ?? {};
      setting({ UserPoolTags: rest });
      pool.state = { ...state, tag: undefined };
      return;
    }
  }
}
