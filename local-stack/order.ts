import { DepGraph, DepGraphCycleError } from 'dependency-graph';
import { namesIn } from './functions';
import type { Template } from './template';
import { UnsupportedTemplateError } from './unsupported-template';

/** These resources in the order in which a stack makes them: each after those that it names, or depends on. */
export function inOrder(template: Template, ids: ReadonlySet<string>): readonly string[] {
  const graph = new DepGraph<undefined>();
  for (const id of ids) graph.addNode(id);
  for (const id of ids) {
    const { properties, dependsOn } = template.resources.get(id) ?? { properties: {}, dependsOn: [] };
    const lost = dependsOn.find((needed) => !template.resources.has(needed));
    if (lost)
      throw new UnsupportedTemplateError(
        `${template.file}: ${id} depends on ${lost}, which is no resource of the template.`,
      );
    for (const needed of [...dependsOn, ...namesIn(properties)]) {
      if (ids.has(needed)) graph.addDependency(id, needed);
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
