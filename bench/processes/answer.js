// A fresh process that loads a handler and answers one event, and reports when and with how much memory.
// Usage: answer.js FILE EXPORT EVENT; without an event it only loads, without a file it is bare node.
const { waited } = require('./aws-time');

const [file, entry, event] = process.argv.slice(2);

async function main() {
  const started = performance.now();
  const handler = file && require(file)[entry];
  const loaded = performance.now();
  const answer = event && (await handler(JSON.parse(event), { awsRequestId: '1', functionVersion: '1' }));
  // Where a profile's clock stood when this process started, in microseconds.
  const origin = Number(process.hrtime.bigint()) / 1000 - performance.now() * 1000;
  const report = {
    origin,
    started,
    loaded,
    answered: performance.now(),
    waited: waited(),
    memory: process.memoryUsage.rss(),
  };
  process.stdout.write(`\nREPORT ${JSON.stringify({ ...report, answer })}\n`);
}

main().catch((error) => {
  process.stderr.write(`${error?.stack}\n`);
  process.exitCode = 1;
});
