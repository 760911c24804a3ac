package io.scalable.planner;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.topic.Topics;
import io.scalable.testkit.ServiceBroker;

/** A broker that already holds what an earlier planner had written before it went down. */
public final class KafkaResource extends ServiceBroker {

    private Broker broker;

    @Override
    protected void prepare() {
        broker = new Broker(kafka());
        TopicAdmin.ensureShared(kafka(), 4);
        var spec = Given.aDeployment("before");
        broker.write(Topics.DEPLOYMENTS, "before", DeploymentSpec.class, spec);
        broker.write(Topics.SCALE_PLANS, "before", ScalePlan.class, Given.aPlan("before", 7, 2));
        broker.write(Topics.SCALE_PLANS, "ended", ScalePlan.class, Given.aPlan("ended", 3, 2));
        broker.write(
                Topics.SCALE_REQUESTS,
                "before",
                ScaleRequested.class,
                Given.aRequest("before", 1, Given.EARLIER.minusSeconds(60)));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(broker, new TestInjector.MatchesType(Broker.class));
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
        super.stop();
    }
}
