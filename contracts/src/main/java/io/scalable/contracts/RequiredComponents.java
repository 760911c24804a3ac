package io.scalable.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Says which fields a record of {@code contracts} cannot be read without: all but those that may be
 * null, and those whose {@link JsonProperty} tells a default. The JSON Schemas say the same. Looked
 * at once for each type.
 */
final class RequiredComponents extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;
    private static final String PACKAGE = RequiredComponents.class.getPackageName();

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        return isRequired(member) ? Boolean.TRUE : null;
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        return annotated instanceof AnnotatedMember member && isRequired(member)
                ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
                : JsonSetter.Value.empty();
    }

    private static boolean isRequired(AnnotatedMember member) {
        Class<?> type = member.getDeclaringClass();
        return type.isRecord()
                && (type.getPackageName().equals(PACKAGE)
                        || type.getPackageName().startsWith(PACKAGE + "."))
                && isRequired(component(type.getRecordComponents(), member));
    }

    private static @Nullable RecordComponent component(
            RecordComponent[] components, AnnotatedMember member) {
        if (member instanceof AnnotatedParameter parameter) {
            boolean canonical = parameter.getOwner().getParameterCount() == components.length;
            return canonical ? components[parameter.getIndex()] : null;
        }
        for (RecordComponent component : components) {
            if (component.getName().equals(member.getName())) {
                return component;
            }
        }
        return null;
    }

    private static boolean isRequired(@Nullable RecordComponent component) {
        if (component == null || component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return false;
        }
        JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        return property == null || !property.value().isEmpty();
    }
}
