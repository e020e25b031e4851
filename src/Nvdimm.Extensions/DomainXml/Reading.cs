namespace Nvdimm.Extensions.DomainXml;

/// <summary>A value that was read from a domain, with the findings of reading it.</summary>
/// <param name="Value">The value. With a finding it is mostly null; each reader says so.</param>
/// <param name="Findings">What could not be read; empty if all could.</param>
internal readonly record struct Reading<T>(T Value, ValueList<Finding> Findings)
{
    /// <summary>A value without findings; this allocates nothing.</summary>
    public static implicit operator Reading<T>(T value) => new(value, []);
}

/// <summary>Joins the findings of several readings.</summary>
internal static class Reading
{
    /// <summary>All findings, in the order of the arguments. It allocates only if several of the lists have findings.</summary>
    public static ValueList<Finding> Join(params ReadOnlySpan<ValueList<Finding>> parts)
    {
        var joined = ValueList<Finding>.Empty;
        foreach (var part in parts)
        {
            joined = joined.Count == 0 ? part : part.Count == 0 ? joined : [.. joined, .. part];
        }

        return joined;
    }
}
