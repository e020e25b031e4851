namespace Nvdimm.Extensions.Ownership;

/// <summary>Whether two descriptions are of the same device.</summary>
public enum SamenessVerdict
{
    /// <summary>They are two devices: a strong fact differs and none agrees, or nothing agrees at all.</summary>
    Other,

    /// <summary>
    /// It cannot be decided: no strong fact decides, or the facts contradict each other. Only the owner may use such a device.
    /// </summary>
    MayBe,

    /// <summary>It is the same device: a strong fact agrees and none differs.</summary>
    Same,
}
