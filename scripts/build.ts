import { buildHandler } from './bundle/handler';

buildHandler().catch((error) => {
  process.stderr.write(`The build failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
