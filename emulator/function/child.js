// Runs in a process of its own, as a Lambda function does: loads the built bundle and runs its invocations.
const entrypoint = require(process.argv[2])[process.argv[3]];

process.on('message', async ({ id, event, ping }) => {
  if (ping) return process.send({ id });
  try {
    process.send({ id, result: await entrypoint(event, { awsRequestId: String(id), functionVersion: '1' }) });
  } catch (error) {
    process.send({ id, crash: String(error?.stack ?? error) });
  }
});
process.on('disconnect', () => process.exit());
process.send({ ready: true });
