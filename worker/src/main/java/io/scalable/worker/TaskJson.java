package io.scalable.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.scalable.contracts.Json;
import io.scalable.contracts.JsonProblem;
import java.lang.reflect.Type;

/**
 * JSON to and from the user's own types: the dialect of the topics, but a number that is missing is
 * an error, not 0. One per worker, so that the user's classes go when the worker goes.
 */
final class TaskJson {

    private final ObjectMapper mapper;

    TaskJson(ClassLoader loader) {
        this.mapper =
                Json.mapper()
                        .copy()
                        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                        .setTypeFactory(TypeFactory.defaultInstance().withClassLoader(loader));
    }

    JavaType type(Type type) {
        return mapper.constructType(type);
    }

    ObjectReader reader(JavaType type) {
        return mapper.readerFor(type);
    }

    ObjectWriter writer(JavaType type) {
        return mapper.writerFor(type);
    }

    ObjectMapper mapper() {
        return mapper;
    }

    /** Where in the JSON and what, such as {@code at $.fits[3].rate: Cannot deserialize ...}. */
    static String describe(JsonProcessingException e) {
        var path = new StringBuilder("$");
        if (e instanceof JsonMappingException mapping) {
            for (Reference step : mapping.getPath()) {
                if (step.getFieldName() != null) {
                    path.append('.').append(step.getFieldName());
                } else {
                    path.append('[').append(step.getIndex()).append(']');
                }
            }
        }
        return "at " + path + ": " + JsonProblem.describe(e);
    }
}
