import type { ReadSubject, ServiceReads } from "../rule";

/** What ECS writes into a container of a definition where it was left out. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const leftOut = { cpu: 0, environment: [], mountPoints: [], systemControls: [], volumesFrom: [] };

/** The containers as ECS gives them back. */
function containers(definition: ReadSubject): string {
  const written = definition.text("container_definitions");
  try {
    const all: unknown = JSON.parse(written);
    return Array.isArray(all) ? JSON.stringify(all.map((one) => ({ ...leftOut, ...(one as object) }))) : written;
  } catch {
    return written;
  }
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html */
export const containerReads: ServiceReads = {
  aws_ecs_task_definition: {
    untouched: ["skip_destroy", "track_latest"],
    answers: (definition) => ({ container_definitions: containers(definition) }),
  },
};
