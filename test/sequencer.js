const { default: Sequencer } = require('@jest/test-sequencer');

// The longest first, so that none of them is left over for the end, when there is nothing else to do beside it.
const longest = [
  'sequences',
  'faults',
  'moto',
  'fault-pairs',
  'malformed-answers',
  'process-death',
  'behaviours',
  'release',
];

module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const index = longest.findIndex((name) => path.endsWith(`/${name}.test.ts`));
      return index < 0 ? longest.length : index;
    };
    return [...tests].sort((one, other) => rank(one) - rank(other));
  }
};
