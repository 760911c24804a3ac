package io.scalable.manifest;

import io.scalable.contracts.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the components' {@code tags} and makes sure that each leads to one component only. */
final class TagReader {

    private final Map<String, String> owners = new HashMap<>();

    TagReader(Set<String> components) {
        components.forEach(name -> owners.put(name, name));
    }

    List<String> read(String component, @Nullable Field field) {
        List<String> tags = new ArrayList<>();
        if (field == null) {
            return tags;
        }
        for (Field item : field.items(Code.E_BAD_VALUE, "a list of words")) {
            String tag = item.text();
            if (tag != null && tag.length() > Limits.NAME_CHARS) {
                SizeCheck.tooLarge(
                        item, "the tag", tag.length(), "characters", Limits.NAME_CHARS, "");
            } else if (tag != null) {
                own(component, tag, item);
                tags.add(tag);
            }
        }
        return tags;
    }

    private void own(String component, String tag, Field item) {
        String owner = owners.putIfAbsent(tag, component);
        if (owner != null && !owner.equals(component)) {
            String whose =
                    owner.equals(tag) ? "the name of a component" : "a tag of '" + owner + "'";
            item.error(
                    Code.E_AMBIGUOUS_TAG,
                    "tag '" + tag + "' is already " + whose + "; a tag leads to one component");
        }
    }
}
