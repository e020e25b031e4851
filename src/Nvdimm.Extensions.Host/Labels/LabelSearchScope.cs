namespace Nvdimm.Extensions.Host.Labels;

/// <summary>
/// The extent of a search for labels. <c>LAYOUTS.md</c> says which places and how many reads that means, and why they are enough.
/// </summary>
public enum LabelSearchScope
{
    /// <summary>For an unknown device: everywhere that libvirt puts labels, and every KiB near the end.</summary>
    Everywhere,

    /// <summary>Near the end, with every usual label size. For a list of devices; the start of a VM searches further.</summary>
    NearEnd,

    /// <summary>
    /// For a device with a record: the layouts of every strategy, and near the end with the asked and the recorded label sizes.
    /// </summary>
    Known,

    /// <summary>Only the named places.</summary>
    Places,
}
