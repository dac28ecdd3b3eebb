// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub writes its variables like this

import { createResolver, referencesIn } from '../../../local-stack/intrinsic-functions';
import { parameterValues } from '../../../local-stack/parameters';
import type { ResourceValues } from '../../../local-stack/resource-values';
import { readTemplate } from '../../../local-stack/template';
import { templateFile } from '../../support/runner';

const location = { region: 'eu-west-1', account: '111122223333' };
const poolValues: ResourceValues = { ref: 'the-pool', attribute: (name) => (name === 'Arn' ? 'the:arn' : undefined) };
const lookup = (id: string) => (id === 'Pool' ? poolValues : undefined);

/** The `P` of a resource with this YAML, its functions resolved. */
function resolved(yaml: string): unknown {
  const template = readTemplate(
    templateFile(`
Parameters:
  Name: { Type: String, Default: customers }
  Zones: { Type: CommaDelimitedList, Default: "a, b" }
Mappings:
  Of: { eu-west-1: { Size: 3, Names: [x, y] } }
Conditions:
  Yes: !Equals [!Ref Name, customers]
  Three: !Equals ["3", 3]
  No: !Not [!Condition Yes]
  Either: !Or [!Condition No, !Condition Three]
  Both: !And [!Condition No, !Condition Yes]
  Mapped: !Equals [!FindInMap [Of, !Ref AWS::Region, Size], "3"]
Resources:
  Pool: { Type: AWS::Cognito::UserPool }
  R: { Type: A::B::C, Properties: { P: ${yaml} } }
`),
  );
  const { resolve } = createResolver(template, parameterValues(template, {}, location));
  return resolve(template.resources.get('R')?.properties['P'] ?? null, lookup);
}

test.each<[string, unknown]>([
  ['!Ref Name', 'customers'],
  ['!Ref Pool', 'the-pool'],
  ['!Ref Zones', ['a', 'b']],
  ['!Ref AWS::Partition', 'aws'],
  ['!GetAtt Pool.Arn', 'the:arn'],
  ['{ "Fn::GetAtt": [Pool, Arn] }', 'the:arn'],
  ['{ "Fn::GetAtt": Pool.Arn }', 'the:arn'],
  ['!Sub "${Name}@${AWS::Region} ${Pool} ${Pool.Arn} ${!Name}"', 'customers@eu-west-1 the-pool the:arn ${Name}'],
  ['!Sub ["${Own} ${Name}", { Own: !GetAtt Pool.Arn }]', 'the:arn customers'],
  ['!Join ["-", [a, !Ref Name, 1]]', 'a-customers-1'],
  ['!Join [",", !Ref Zones]', 'a,b'],
  ['!Select [1, !Split [":", !GetAtt Pool.Arn]]', 'arn'],
  ['!FindInMap [Of, !Ref AWS::Region, Names]', ['x', 'y']],
  ['!If [Yes, 1, !GetAtt Nobody.Arn]', 1],
  ['!If [No, 1, { Only: [{ List: [2] }] }]', { Only: [{ List: [2] }] }],
  ['[!If [No, 1, !Ref AWS::NoValue], 2]', [2]],
  ['{ A: !Ref AWS::NoValue, B: 1 }', { B: 1 }],
  ['!If [Either, 1, 2]', 1],
  ['!If [Both, 1, 2]', 2],
  ['!If [Mapped, 1, 2]', 1],
  ['{ Recovery: { Mechanisms: [{ Name: x }] } }', { Recovery: { Mechanisms: [{ Name: 'x' }] } }],
])('%s', (yaml, value) => {
  expect(resolved(yaml)).toEqual(value);
});

test.each([
  ['!Select [7, [a]]', /Fn::Select of .* has no answer/],
  ['!GetAtt Pool.Colour', /Pool has no attribute Colour/],
  ['!GetAtt R.Arn', /R \(A::B::C\), which is needed, is not made here/],
  ['!Sub "${Nobody}"', /Nobody, which is needed, has no value/],
  ['!Cidr [a, 1, 2]', /Fn::Cidr is not run here/],
])('%s has no answer', (yaml, message) => {
  expect(() => resolved(yaml)).toThrow(message);
});

test('the references in a value are those of every branch, without the variables that an Fn::Sub defines', () => {
  const value = {
    A: { 'Fn::If': ['C', { Ref: 'One' }, { 'Fn::GetAtt': ['Two', 'Arn'] }] },
    B: { 'Fn::Sub': ['${Three.Arn} ${Own} ${!Not}', { Own: { Ref: 'Four' } }] },
    C: [{ 'Fn::GetAtt': 'Five.A.B' }],
  };
  expect(referencesIn(value)).toEqual(['One', 'Two', 'Three', 'Four', 'Five']);
});
