using Microsoft.Extensions.Options;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>Checks the options of the category at the start.</summary>
internal sealed class NvdimmHostDevicesOptionsCheck : IValidateOptions<NvdimmHostDevicesOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, NvdimmHostDevicesOptions options)
    {
        var faults = Faults(options).ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(NvdimmHostDevicesOptions options)
    {
        if (!Enum.IsDefined(options.Inventory) || !Enum.IsDefined(options.Strategy))
        {
            yield return "Inventory, Strategy: no such value";
        }

        if ((options.Inventory == InventorySource.Folder) != (options.InventoryFolder is not null))
        {
            yield return "Inventory, InventoryFolder: a folder is needed where the inventory is one, and only there";
        }

        if (options.InventoryFolder is { } folder && !Directory.Exists(folder))
        {
            yield return $"{folder}: no such folder";
        }

        if (options.Concurrency is < 1 or > 1000)
        {
            yield return "Concurrency: from 1 to 1000";
        }
    }
}
