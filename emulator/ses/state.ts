import { createHash } from 'node:crypto';

/** An SES identity of one Region. */
export interface Identity {
  readonly name: string;
  readonly type: 'EMAIL_ADDRESS' | 'DOMAIN';
  verified: boolean;
  /** When it was verified, in milliseconds since the epoch; 0: long ago. Cognito may see it later. */
  readonly verifiedAt: number;
  /** Its `VerificationStatus`, where that is neither SUCCESS nor PENDING. */
  verificationStatus?: 'FAILED' | 'TEMPORARY_FAILURE' | 'NOT_STARTED';
  /** Why the last check of a domain's records failed, and the name server that SES asked. */
  verificationError?: { readonly type: string; readonly nameServer?: string };
  readonly dkimTokens: readonly string[];
  readonly policies: Map<string, string>;
  /** When each policy was written, in milliseconds since the epoch. Cognito may see it later. */
  readonly writtenAt: Map<string, number>;
  readonly tags: Map<string, string>;
}

/** SES of one Region and account. */
export interface SesState {
  readonly identities: Map<string, Identity>;
  readonly configurationSets: Map<string, { sendingEnabled: boolean; tags?: Map<string, string> }>;
  readonly account: {
    productionAccess: boolean;
    sendingEnabled: boolean;
    enforcementStatus: 'HEALTHY' | 'PROBATION' | 'SHUTDOWN';
  };
  addIdentity(name: string, options?: { readonly verified?: boolean }): Identity;
  addConfigurationSet(name: string): void;
}

/** SES of a new account outside the sandbox. */
export function sesState(): SesState {
  const state: SesState = {
    identities: new Map(),
    configurationSets: new Map(),
    account: { productionAccess: true, sendingEnabled: true, enforcementStatus: 'HEALTHY' },
    addIdentity: (name, { verified = true } = {}) => {
      let isVerified = verified;
      let verifiedAt = 0;
      const identity: Identity = {
        name,
        type: name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN',
        get verified() {
          return isVerified;
        },
        set verified(now) {
          if (now && !isVerified) verifiedAt = Date.now();
          isVerified = now;
        },
        get verifiedAt() {
          return verifiedAt;
        },
        dkimTokens: [1, 2, 3].map((n) => createHash('sha256').update(`${name}${n}`).digest('hex').slice(0, 32)),
        policies: new Map(),
        writtenAt: new Map(),
        tags: new Map(),
      };
      state.identities.set(name, identity);
      return identity;
    },
    addConfigurationSet: (name) => {
      state.configurationSets.set(name, { sendingEnabled: true });
    },
  };
  return state;
}
