import { DepGraph, DepGraphCycleError } from 'dependency-graph';
import { referencesIn } from './intrinsic-functions';
import type { Template } from './template';
import { UnsupportedTemplateError } from './unsupported-template';

/**
 * Sorts resources so that each comes after those that it refers to or depends on. Throws `UnsupportedTemplateError` for a
 * circular dependency, or one on a resource that the template lacks.
 */
export function dependencyOrder(template: Template, ids: ReadonlySet<string>): readonly string[] {
  const graph = new DepGraph<undefined>();
  for (const id of ids) graph.addNode(id);
  for (const id of ids) {
    const { properties, dependsOn } = template.resources.get(id) ?? { properties: {}, dependsOn: [] };
    const missing = dependsOn.find((dependency) => !template.resources.has(dependency));
    if (missing)
      throw new UnsupportedTemplateError(
        `${template.file}: ${id} depends on ${missing}, which is no resource of the template.`,
      );
    for (const dependency of [...dependsOn, ...referencesIn(properties)]) {
      if (ids.has(dependency)) graph.addDependency(id, dependency);
    }
  }
  try {
    return graph.overallOrder();
  } catch (error) {
    if (!(error instanceof DepGraphCycleError)) throw error;
    throw new UnsupportedTemplateError(
      `${template.file}: its resources need each other: ${error.cyclePath.join(' → ')}.`,
    );
  }
}
