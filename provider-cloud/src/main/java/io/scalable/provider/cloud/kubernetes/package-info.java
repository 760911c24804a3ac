/**
 * Workers as pods, one bare pod each, watched by one informer per deployment, which is replaced
 * every few minutes.
 *
 * <pre>
 *  host's thread                              executor: calls that block
 *  launch -> WorkerPod: Ordered              create pods, their Secret first
 *  observe() takes answers and events in,     delete, read a log, look one up
 *    starts what is due               ------>
 *    WorkerPod -> Pending, Running,   <-----  informer: seen, gone, listed
 *                 Exited, Unknown
 * </pre>
 *
 * <p>Pure: {@link io.scalable.provider.cloud.kubernetes.PodTemplate} (what is asked for), {@link
 * io.scalable.provider.cloud.kubernetes.PodEnd} and {@link
 * io.scalable.provider.cloud.kubernetes.PodWait} (what a pod says), {@link
 * io.scalable.provider.cloud.kubernetes.ApiProblem} (what a refusal means), {@link
 * io.scalable.provider.cloud.kubernetes.WorkerPod} with {@link
 * io.scalable.provider.cloud.kubernetes.PodRemoval} (what is to be done next about one worker).
 *
 * <p>Threading: a backend belongs to the host's thread; the executor and the informer hand in what
 * they learn by a queue.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A pod's name follows from the worker's id, so that creating one twice gives one.
 *   <li>Pods are known by label and annotation alone: another host finds them.
 *   <li>No pod is deleted but by its uid, and no ready one by a cancelled launch.
 *   <li>A worker has ended when its container has, or its pod is gone; a pod being deleted still
 *       counts.
 *   <li>While the API server is not heard, nothing is said of any worker.
 *   <li>The broker's secret is in one Secret per deployment, made before its first pod, owning the
 *       pods, deleted once the backend is closed without any. It is never read back.
 * </ul>
 */
@NullMarked
package io.scalable.provider.cloud.kubernetes;

import org.jspecify.annotations.NullMarked;
