namespace Nvdimm.Extensions.Host.Labels;

/// <summary>How far a search for labels goes. <c>LAYOUTS.md</c> says which places that are, how many reads, and why they are enough.</summary>
public enum LabelSearchScope
{
    /// <summary>Nothing is known of the device: everywhere that libvirt puts labels, and every KiB near the end.</summary>
    Everywhere,

    /// <summary>Near the end, with every usual label size: for a list of devices, where the start of a VM looks further.</summary>
    NearEnd,

    /// <summary>The device has a record: the layouts of every strategy, and near the end with the label sizes that are asked for or recorded.</summary>
    Known,

    /// <summary>Only the places that are named.</summary>
    Places,
}
