package io.scalable.manifest;

import java.util.List;

/** Manifests as users of the Python project write them. */
final class ExistingManifests {

    private static final String FARGATE =
            """
            version: 1
            project:
              name: power-grid
              default_storage: s3://grid-results/runs/
            targets:
              cloud:
                provider: aws
                region: eu-west-1
                cluster_type: fargate
                instance_type: c6i.large
                n_workers: 2
                worker_cpu: 2048
                worker_mem: 8192
                image: registry.example/grid:3
                vpc: vpc-77
                execution_role_arn: arn:aws:iam::000000000000:role/start
                task_role_arn: arn:aws:iam::000000000000:role/work
                subnets:
                  - subnet-1
                security_groups:
                  - sg-1
                environment: {TZ: UTC}
                tags: {team: grid}
                spot: true
                adaptive:
                  minimum: 1
                  maximum: 8
            components:
              flow:
                image: registry.example/flow:1
                runtime: docker
                cpus: 2
                memory: 8GiB
                mounts: {/srv/grid: /grid}
                env: {OMP_NUM_THREADS: "2"}
                tags: [power, physics]
                preload_script: ./prepare.py
            tasks:
              solve: {component: flow, cache: true, outputs: {result: file}}
            """;

    private static final String CLUSTERS =
            """
            version: 1
            project: {name: rivers, local_cache: ./cache}
            targets:
              local:
                provider: local
                max_workers: 3
                threads_per_worker: 2
                processes: false
                containers: none
              hpc:
                provider: slurm
                queue: slurm
                account: RIVERS
                walltime: "36:00:00"
                interface: ib0
                comm_port: 1919
                name: rivers
                logs_location: ./logs
                suppress_logs: false
                container_runtime: apptainer
                overlay: wide
              lab:
                provider: kubernetes
                namespace: rivers
                image: registry.example/rivers:2
                n_workers: 1
                worker_service_account: rivers
                env: {LEVEL: "3"}
                node_selector: {pool: cpu}
                tolerations:
                  - key: batch
                    operator: Exists
                resources:
                  requests: {cpu: "2", memory: 4Gi}
                  limits: {cpu: "4", memory: 8Gi}
                scheduler_memory: 2G
                scheduler_cpu: 1
              gcp:
                provider: gcp
                project_id: rivers-1
                region: europe-west1
                zone: europe-west1-b
                cluster_type: cloud_run
                machine_type: n2-standard-4
                worker_cpu: 4
                worker_mem: 16384
                network: default
                service_account: worker@rivers-1.example
            components:
              route: {cpus: 4, memory: 20G}
              plot: {memory: 500MB}
            tasks:
              route_all: {component: route}
              plot_all: {component: plot, cache: false}
            overlays:
              wide:
                targets: {hpc: {max_workers: 64}}
                components:
                  route: {cpus: 16, memory: 64G, tags: [wide]}
              small:
                components:
                  route: {cpus: 1}
            """;

    private ExistingManifests() {}

    static List<String> all() {
        return List.of(FARGATE, CLUSTERS);
    }
}
