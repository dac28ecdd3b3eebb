import { regionRow, regionTable } from '../../../src/domain/regions';

test('a Region has one row', () => {
  const regions = regionTable.map(({ region }) => region);
  expect(new Set(regions).size).toBe(regions.length);
  expect(regions.map((region) => regionRow(region)?.region)).toEqual(regions);
});

test('a Region that the table lacks has none', () => {
  expect([regionRow('eu-isoe-west-1'), regionRow(''), regionRow('*')]).toEqual([undefined, undefined, undefined]);
});

// The rest of the domain relies on these.
test.each(regionTable)('the row of $region is of its category, $category', ({ region, category, sesRegions }) => {
  if (category === 'in-region') expect(sesRegions).toEqual([region]);
  else expect(sesRegions.length).toBeGreaterThan(1);
  if (category === 'alternate') {
    expect(sesRegions).toHaveLength(2);
    expect(sesRegions).not.toContain(region);
  }
  expect(new Set(sesRegions).size).toBe(sesRegions.length);
});
