import { type EmbeddedAws, startAws } from '../../../emulator/index';
import { openLog } from '../../../src/cloudformation/log';
import { deliverLog } from '../../../src/cloudformation/log-delivery';

let aws: EmbeddedAws;
beforeEach(async () => {
  aws = await startAws();
  process.env['AWS_ENDPOINT_URL'] = aws.url;
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(async () => {
  jest.restoreAllMocks();
  delete process.env['AWS_ENDPOINT_URL'];
  await aws.close();
});

const event = () => ({
  region: 'eu-west-1',
  requestData: { providerCredentials: { ...aws.credentials() }, providerLogGroupName: 'the-log' },
});

test('a clock that is set back loses no line: the batch is in order', async () => {
  const log = openLog(event());
  const now = Date.now();
  const clock = jest
    .spyOn(Date, 'now')
    .mockReturnValueOnce(now)
    .mockReturnValueOnce(now - 5000);
  log.write('info', 'later');
  log.write('info', 'earlier');
  clock.mockRestore();
  expect(await deliverLog(event(), log, 5000)).toBeUndefined();
  const [batch] = aws.region('eu-west-1').cloudWatch.groups.get('the-log')?.batches ?? [];
  expect(batch?.messages.map((line) => JSON.parse(line).message)).toEqual(['earlier', 'later']);
});
