import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'provisioning' and not reached. */
export const provisioning: Gaps = {
  notBuilt: [
    {
      missing: 'administration of tenants is not built',
      operations: `
        requestCustomers
        createCustomer
        requestCustomer
        updateCustomer
        removeCustomer
        requestCustomerAttributes
        updateCustomerAttributes
        setCustomerAttributes
        removeCustomerAttribute
        requestCustomerUsers
        requestListOfTenantWebhooks
        createTenantWebhook
        requestListOfEventTypesForTenant
        requestTenantWebhook
        updateTenantWebhook
        removeTenantWebhook
        resetTenantWebhookLifetime`,
    },
  ],
  unreached: [],
}
