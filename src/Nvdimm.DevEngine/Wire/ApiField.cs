namespace Nvdimm.DevEngine.Wire;

/// <summary>A field of an entity: a text, an entity, or several of one name.</summary>
/// <param name="Name">The name, in lower case with underscores.</param>
internal abstract record ApiField(string Name)
{
    /// <summary>A value. Numbers and booleans are texts in both formats, as the engine writes them.</summary>
    internal sealed record Text(string Name, string Value) : ApiField(Name);

    /// <summary>A moment: ISO 8601 in XML, milliseconds since 1970 in JSON.</summary>
    internal sealed record Moment(string Name, DateTimeOffset Value) : ApiField(Name);

    /// <summary>An entity inside an entity.</summary>
    internal sealed record Single(string Name, ApiObject Value) : ApiField(Name);

    /// <summary>Repeated entities of one name, such as links.</summary>
    internal sealed record Several(string Name, IReadOnlyList<ApiObject> Values) : ApiField(Name);

    /// <summary>Repeated texts of one name.</summary>
    internal sealed record Texts(string Name, IReadOnlyList<string> Values) : ApiField(Name);
}
