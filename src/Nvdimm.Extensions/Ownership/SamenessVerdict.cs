namespace Nvdimm.Extensions.Ownership;

/// <summary>Whether two descriptions are of one device.</summary>
public enum SamenessVerdict
{
    /// <summary>They are of two devices: a strong fact differs and none agrees, or nothing agrees at all.</summary>
    Other,

    /// <summary>It cannot be told: no strong fact decides, or the facts contradict each other. Nobody but the owner may take such a device.</summary>
    MayBe,

    /// <summary>They are of one device: a strong fact agrees and none differs.</summary>
    Same,
}
