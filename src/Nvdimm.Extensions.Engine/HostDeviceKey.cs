namespace Nvdimm.Extensions.Engine;

/// <summary>Identifies a host device to the API by name or by id. <c>default</c> identifies none.</summary>
public readonly record struct HostDeviceKey
{
    private HostDeviceKey(string name) => Name = name;

    /// <summary>The kernel name; null for <c>default</c>.</summary>
    public string? Name { get; }

    /// <summary>The id; null for <c>default</c>.</summary>
    public string? Id => Name is null ? null : HostDeviceId.FromName(Name);

    /// <summary>Creates the key from a kernel name, such as <c>namespace0.0</c>.</summary>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty, or has a lone surrogate.</exception>
    public static HostDeviceKey OfName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        HostDeviceId.FromName(name);
        return new HostDeviceKey(name);
    }

    /// <summary>Creates the key from an id, such as <c>6e616d657370616365302e30</c>.</summary>
    /// <exception cref="ArgumentException"><paramref name="id"/> is null or not the id of a name.</exception>
    public static HostDeviceKey OfId(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new HostDeviceKey(HostDeviceId.ToName(id) ?? throw new ArgumentException($"'{id}' is no id of a host device", nameof(id)));
    }

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name ?? "";
}
