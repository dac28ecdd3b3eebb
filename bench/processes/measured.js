// Stands before a handler in a process that answers many events, one at a time: each answer carries what it took.
const { waited } = require('./aws-time');
const { entrypoint } = require(process.env.MEASURED_HANDLER);

exports.entrypoint = async (event, context) => {
  const [started, before] = [performance.now(), waited()];
  const answer = await entrypoint(event, context);
  const took = performance.now() - started;
  return { ...answer, measured: { took, waited: waited() - before, memory: process.memoryUsage.rss() } };
};
