using Microsoft.Extensions.Options;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>Checks the options of the category when the program starts.</summary>
internal sealed class NvdimmHostDevicesOptionsCheck : IValidateOptions<NvdimmHostDevicesOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, NvdimmHostDevicesOptions options)
    {
        var faults = new OptionFaults(nameof(NvdimmHostDevicesOptions), name);
        faults.Check(nameof(options.Inventory), options.Inventory);
        faults.Check(nameof(options.Strategy), options.Strategy);
        if (options.Ssh is null)
        {
            faults.Add(nameof(options.Ssh), value: null, "it is null; leave it out for the defaults");
        }

        if (options.Inventory == InventorySource.Folder && options.InventoryFolder is null)
        {
            faults.Add(nameof(options.InventoryFolder), value: null, "the inventory is Folder, and no folder is named");
        }

        if (options.InventoryFolder is { } folder)
        {
            if (options.Inventory != InventorySource.Folder)
            {
                faults.Add(
                    nameof(options.InventoryFolder),
                    folder,
                    $"the inventory is {options.Inventory}, which reads no folder; set Inventory to Folder");
            }

            if (!Directory.Exists(folder))
            {
                faults.Add(nameof(options.InventoryFolder), folder, "no such folder");
            }
        }

        if (options.RecordFile is { } file && (file.Length == 0 || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file)))))
        {
            faults.Add(nameof(options.RecordFile), file, "no file can be in it: its folder does not exist");
        }

        if (options.Concurrency is < 1 or > 1000)
        {
            faults.Add(nameof(options.Concurrency), options.Concurrency, "not from 1 to 1000");
        }

        return faults.Result;
    }
}
