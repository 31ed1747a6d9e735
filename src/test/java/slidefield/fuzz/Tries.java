package slidefield.fuzz;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import slidefield.LongRun;

/** How often a property is tried: a few times always, the full count where {@code long} is set. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@AddLifecycleHook(Tries.Hook.class)
public @interface Tries {
    /** With {@code -Dlong}. */
    int full();

    /** Without. */
    int small();

    /** Sets the count before the property begins. */
    final class Hook implements AroundPropertyHook {
        @Override
        public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
            Tries tries = context.findAnnotation(Tries.class).orElseThrow();
            context.attributes().setTries(LongRun.count(tries.full(), tries.small()));
            PropertyExecutionResult result = property.execute();
            System.out.println(context.label() + ": " + result.countTries() + " tries");
            return result;
        }
    }
}
