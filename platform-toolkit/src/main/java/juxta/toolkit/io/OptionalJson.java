package juxta.toolkit.io;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;

/** A component that need not be there: an {@link Optional}, which is left out where it is empty. */
final class OptionalJson {
  private OptionalJson() {}

  static JsonMapper.Builder addTo(JsonMapper.Builder builder) {
    return builder
        .addModule(
            new SimpleModule()
                .addSerializer(new Writer())
                .addDeserializer(Optional.class, new Reader(null)))
        .withConfigOverride(
            Optional.class,
            own ->
                own.setInclude(
                    JsonInclude.Value.construct(
                        JsonInclude.Include.NON_EMPTY, JsonInclude.Include.USE_DEFAULTS)));
  }

  private static final class Writer extends StdSerializer<Optional<?>> {
    private static final long serialVersionUID = 1;

    Writer() {
      super(Optional.class, false);
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, Optional<?> value) {
      return value.isEmpty();
    }

    @Override
    public void serialize(Optional<?> value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(value.orElse(null), out);
    }
  }

  @SuppressWarnings("rawtypes") // the module asks for the class
  private static final class Reader extends StdDeserializer<Optional>
      implements ContextualDeserializer {
    private static final long serialVersionUID = 1;

    private final JavaType of;

    Reader(JavaType of) {
      super(Optional.class);
      this.of = of;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty own) {
      return new Reader(context.getContextualType().containedTypeOrUnknown(0));
    }

    @Override
    public Optional<?> deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      return Optional.of(context.readValue(in, of));
    }

    @Override
    public Optional<?> getNullValue(DeserializationContext context) {
      return Optional.empty();
    }

    @Override
    public Optional<?> getAbsentValue(DeserializationContext context) {
      return Optional.empty();
    }
  }
}
