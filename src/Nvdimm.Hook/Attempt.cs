using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Hook;

/// <summary>
/// One step of several that are taken each for itself, since the VM runs or is gone already: what the system does not let be done for one
/// device is said, and the next one has its turn.
/// </summary>
internal static class Attempt
{
    /// <summary>What a step has found, or why it failed.</summary>
    /// <param name="what">The step, as in "Releasing the claim".</param>
    /// <param name="step">Does it.</param>
    public static ValueList<Finding> Of(string what, Func<IEnumerable<Finding>> step)
    {
        try
        {
            return step().ToValueList();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or LayoutLedgerException)
        {
            return [HookException.Failed(what, failure).Finding];
        }
    }
}
